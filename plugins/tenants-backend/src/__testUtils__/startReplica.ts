// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mockCredentials } from '@backstage/backend-test-utils';
import { StreamReader } from './StreamReader';

const PACKAGE = join(__dirname, '..', '..');
const TRANSFORM = '@backstage/cli-node/config/nodeTransform.cjs';
const READY = /Plugin initialization complete/;

type ReplicaOptions = {
  /** The simulated clusters, by name. */
  readonly clusters: Readonly<Record<string, { url: string; token: string }>>;
  /** Connection string of the PostgreSQL server that all replicas share. */
  readonly postgres: string;
};

/** Starts a backend in a process of its own, with the Kubernetes plugin, its hand-over and our plugin; resolves when it serves. */
export async function startReplica({ clusters, postgres }: ReplicaOptions) {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'tenantry-replica-'));
  const config = join(home, 'app-config.yaml');
  writeFileSync(config, JSON.stringify(toConfig(port, clusters, postgres)));
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--require', TRANSFORM, 'dev', '--config', config],
    {
      cwd: PACKAGE,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Jest’s own settings are not for it.
      env: { PATH: process.env.PATH, NODE_ENV: 'development' },
    },
  );
  await untilReady(child);
  const url = `http://127.0.0.1:${port}/api/tenants`;
  const headers = {
    Authorization: mockCredentials.user.header(),
    'Content-Type': 'application/json',
  };
  return {
    /** Gets a path as a user. */
    get: (path: string, more: Record<string, string> = {}) =>
      fetch(`${url}${path}`, { headers: { ...headers, ...more } }),
    /** Opens a stream as the same user. */
    stream: (subs: unknown[]) =>
      StreamReader.open(`${url}/v1/stream`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ schema: 1, subs }),
      }),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Resolves with the first line that says so. @throws with what it said last when it ends before that */
async function untilReady(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', code => {
      const last = said.slice(-20).join('\n');
      reject(new Error(`The replica ended with ${code}:\n${last}`));
    });
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', line => {
        said.push(line);
        if (said.length > 200) said.shift();
        if (READY.test(line)) resolve();
      });
    }
  });
  await ready;
}

function toConfig(
  port: number,
  clusters: ReplicaOptions['clusters'],
  connection: string,
) {
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'pg', connection, prefix: 'tenantry_replicas_' },
    },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: Object.entries(clusters).map(([name, { url, token }]) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
          })),
        },
      ],
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
