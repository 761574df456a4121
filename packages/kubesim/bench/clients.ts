// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubesim } from '../src';

const BATCH = 50;

export type Figures = Record<string, number>;

/** A client as plain JavaScript, without what this process was started with. */
function forkClient(script: string, ...args: string[]): ChildProcess {
  return fork(join(__dirname, script), args, { execArgv: [] });
}

/** How long a client in another process takes to read all pods. */
export async function listOnce(sim: Kubesim): Promise<number> {
  const url = `${sim.url}/api/v1/pods`;
  const client = forkClient('timeRequest.cjs', url, sim.token);
  const [answer] = await once(client, 'message');
  return answer.ms;
}

/** Changes an annotation of each of these pods. */
export function touch(
  sim: Kubesim,
  pods: ReturnType<Kubesim['objects']['list']>,
  mark: string,
): void {
  for (const { metadata } of pods) {
    const { namespace, name } = metadata;
    sim.objects.modify('pods', { namespace, name }, draft => {
      draft.metadata.annotations = { ...draft.metadata.annotations, mark };
    });
  }
}

/**
 * Changes per second that clients in other processes have all read, from the first change to the last line, and what
 * one change costs this process: the cost stays the same on a machine that is busy with other things.
 */
export async function watchFigures(
  sim: Kubesim,
  { watchers, events }: { watchers: number; events: number },
): Promise<Figures> {
  const before = process.cpuUsage();
  const rate = await watchRate(sim, { watchers, events });
  const { user, system } = process.cpuUsage(before);
  return {
    [`watchEventsPerSecond${watchers}Watchers`]: rate,
    [`watchCpuMicrosecondsPerEvent${watchers}Watchers`]:
      (user + system) / events,
  };
}

async function watchRate(
  sim: Kubesim,
  { watchers, events }: { watchers: number; events: number },
): Promise<number> {
  const pods = sim.objects.list('pods');
  const version = pods.reduce(
    (most, pod) => Math.max(most, Number(pod.metadata.resourceVersion)),
    0,
  );
  const url = `${sim.url}/api/v1/pods?watch=1&resourceVersion=${version}`;
  const clients = Array.from({ length: watchers }, () =>
    forkClient('countLines.cjs', url, sim.token, String(events)),
  );
  await Promise.all(clients.map(client => once(client, 'message')));
  const done = Promise.all(clients.map(client => once(client, 'exit')));
  const start = performance.now();
  for (let sent = 0; sent < events; sent += BATCH) {
    const first = sent % pods.length;
    touch(sim, pods.slice(first, first + BATCH), String(sent));
    await new Promise(resolve => setImmediate(resolve));
  }
  await done;
  return events / (since(start) / 1000);
}

export async function median(
  times: number,
  measure: () => Promise<number>,
): Promise<number> {
  const values: number[] = [];
  for (let at = 0; at < times; at += 1) values.push(await measure());
  return values.sort((a, b) => a - b)[Math.floor(times / 2)];
}

export function since(start: number): number {
  return performance.now() - start;
}

export function rounded(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Math.round(value)]),
  );
}

/** Writes and shows what was measured. */
export function keep(name: string, figures: unknown): void {
  const text = `${JSON.stringify(figures, undefined, 2)}\n`;
  writeFileSync(join(__dirname, 'results', name), text);
  console.log(text);
}
