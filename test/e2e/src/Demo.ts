// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BACKEND = join(__dirname, '../../../packages/backend');
/** A first start builds the pages. */
const START_TIMEOUT_MS = 8 * 60_000;
const STOP_TIMEOUT_MS = 15_000;

/** A simulated cluster as the demo prints it for kubectl. */
export type SimulatedCluster = {
  readonly name: string;
  readonly url: string;
  readonly token: string;
};

/** The demo as a person starts it, in a process of its own. */
export type Demo = {
  readonly url: string;
  readonly clusters: readonly SimulatedCluster[];
  /** Resolves with the exit code. */
  stop(): Promise<number | undefined>;
};

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function readClusters(output: string): SimulatedCluster[] {
  const lines = output.matchAll(
    /kubectl --server (\S+)\/_as\/(\S+) .*# (\S+)/g,
  );
  return [...lines].map(([, url, token, name]) => ({ name, url, token }));
}

function exitOf(child: ChildProcess): Promise<number | undefined> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise(resolve =>
    child.once('exit', code => resolve(code ?? undefined)),
  );
}

async function stop(child: ChildProcess): Promise<number | undefined> {
  child.kill('SIGTERM');
  const exited = exitOf(child);
  const isLate = await Promise.race([
    exited.then(() => false),
    sleep(STOP_TIMEOUT_MS, true, { ref: false }),
  ]);
  if (isLate) child.kill('SIGKILL');
  return exited;
}

function waitUntilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`${why}\n${output}`));
    const timer = setTimeout(
      () => fail('The demo did not start in time.'),
      START_TIMEOUT_MS,
    );
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      // The list of clusters is the last part of the welcome.
      if (readClusters(output).length < 2 || !output.endsWith('\n')) return;
      clearTimeout(timer);
      resolve(output);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', code => {
      clearTimeout(timer);
      fail(`The demo ended with code ${code}.`);
    });
  });
}

/** Starts the demo on a free port and waits until it can be used. */
export async function startDemo(): Promise<Demo> {
  const port = await findFreePort();
  const { NODE_ENV: _, LOG_LEVEL: __, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'src/demo/index.ts',
      `--port=${port}`,
    ],
    {
      cwd: BACKEND,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  try {
    const clusters = readClusters(await waitUntilReady(child));
    const url = `http://localhost:${port}`;
    return { url, clusters, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}
