// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { join } from 'node:path';
import type { FaultSpec } from '@tenantry/kubesim';
import { z } from 'zod';
import type { BenchCluster } from './BenchCluster';

const readySchema = z.object({ url: z.string(), token: z.string() });
const doneSchema = z.object({ done: z.literal(true) });
const listSchema = z.object({ items: z.array(z.unknown()) });
const faultsSchema = z.object({
  faults: z.array(z.object({ kind: z.string(), injected: z.number() })),
});

/** `deployments.apps` is served under a path that only the server knows; these are the groups and versions in use. */
const versions: Readonly<Record<string, string>> = {
  autoscaling: 'v2',
};

function pathOf(resource: string): string {
  const [plural = '', ...rest] = resource.split('.');
  const group = rest.join('.');
  if (!group) return `/api/v1/${plural}`;
  return `/apis/${group}/${versions[group] ?? 'v1'}/${plural}`;
}

/** The next message of that form; the loader of the child sends others. */
async function messageOf<T>(
  child: ChildProcess,
  schema: z.ZodType<T>,
): Promise<T> {
  for await (const [message] of on(child, 'message')) {
    const parsed = schema.safeParse(message);
    if (parsed.success) return parsed.data;
  }
  throw new Error('The cluster’s process is gone.');
}

/** A simulated cluster in a process of its own, steered and read over HTTP. */
export class RemoteCluster implements BenchCluster {
  readonly name = 'remote';

  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {}

  static async start(seed: number): Promise<RemoteCluster> {
    const child = fork(join(__dirname, 'clusterProcess.ts'), [String(seed)]);
    const { url, token } = await messageOf(child, readySchema);
    return new RemoteCluster(child, url, token);
  }

  async served(resource: string): Promise<readonly unknown[]> {
    const response = await this.call(pathOf(resource));
    if (response.status === 404) return [];
    return listSchema.parse(await response.json()).items.map(item => item);
  }

  async arm(fault: FaultSpec): Promise<void> {
    const body = JSON.stringify(fault);
    await this.call('/_sim/faults', { method: 'POST', body });
  }

  /** How often faults of a kind were injected. */
  async injected(kind: FaultSpec['kind']): Promise<number> {
    const response = await this.call('/_sim/faults');
    const { faults } = faultsSchema.parse(await response.json());
    return faults
      .filter(fault => fault.kind === kind)
      .reduce((sum, { injected }) => sum + injected, 0);
  }

  /** Begins to change pods; the returned function waits for the end of it. */
  change(order: {
    readonly rounds: number;
    readonly pauseMs: number;
  }): () => Promise<unknown> {
    const done = messageOf(this.process, doneSchema);
    this.process.send(order);
    return () => done;
  }

  async stop(): Promise<void> {
    const gone = once(this.process, 'exit');
    this.process.disconnect();
    await gone;
  }

  private call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
    };
    return fetch(this.url + path, { ...init, headers });
  }
}
