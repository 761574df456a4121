// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTenants, startKubesim, type Kubesim } from '../src';

const PODS = { tenants: 500, podsPerTenant: 20, seed: 1 };
const EVENTS = 30_000;
const BATCH = 50;
const STARTS = 5;

type Figures = Record<string, number>;

/** Measures start-up, lists of 10,000 pods and a watch that everything changes under, and writes `result.json`. */
async function main(): Promise<void> {
  const startUpMs = await median(STARTS, startOnce);
  const sim = await startKubesim({ seed: 1 });
  try {
    const loading = performance.now();
    loadTenants(sim.objects, PODS);
    const figures: Figures = {
      startUpMs,
      loadTenThousandPodsMs: since(loading),
      listColdMs: await listOnce(sim),
      listCachedMs: await median(STARTS, () => listOnce(sim)),
      listAfterHundredChangesMs: await listChanged(sim),
      ...(await watchFigures(sim, 1)),
      ...(await watchFigures(sim, 4)),
    };
    const text = `${JSON.stringify(rounded(figures), null, 2)}\n`;
    writeFileSync(join(__dirname, 'result.json'), text);
    console.log(text);
  } finally {
    await sim.stop();
  }
}

/** A client as plain JavaScript, without what this process was started with. */
function forkClient(script: string, ...args: string[]): ChildProcess {
  return fork(join(__dirname, script), args, { execArgv: [] });
}

function since(start: number): number {
  return performance.now() - start;
}

function rounded(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).map(([key, value]) => [key, Math.round(value)]),
  );
}

async function median(
  times: number,
  measure: () => Promise<number>,
): Promise<number> {
  const values: number[] = [];
  for (let at = 0; at < times; at += 1) values.push(await measure());
  return values.sort((a, b) => a - b)[Math.floor(times / 2)];
}

async function startOnce(): Promise<number> {
  const start = performance.now();
  const sim = await startKubesim({ seed: 1 });
  const ms = since(start);
  await sim.stop();
  return ms;
}

async function listOnce(sim: Kubesim): Promise<number> {
  const client = forkClient(
    'timeRequest.cjs',
    `${sim.url}/api/v1/pods`,
    sim.token,
  );
  const answer: { ms: number } = await new Promise(resolve =>
    client.once('message', resolve),
  );
  return answer.ms;
}

function listChanged(sim: Kubesim): Promise<number> {
  touch(sim, sim.objects.list('pods').slice(0, 100), 'list');
  return listOnce(sim);
}

function touch(
  sim: Kubesim,
  pods: readonly ReturnType<Kubesim['objects']['list']>[number][],
  mark: string,
): void {
  for (const { metadata } of pods) {
    const { namespace, name } = metadata;
    sim.objects.modify('pods', { namespace, name }, draft => {
      draft.metadata.annotations = { ...draft.metadata.annotations, mark };
    });
  }
}

/** The rate, and what one event costs this process: the cost stays the same on a machine that is busy with other things. */
async function watchFigures(sim: Kubesim, watchers: number): Promise<Figures> {
  const before = process.cpuUsage();
  const rate = await watchRate(sim, watchers);
  const { user, system } = process.cpuUsage(before);
  return {
    [`watchEventsPerSecond${watchers}Watchers`]: rate,
    [`watchCpuMicrosecondsPerEvent${watchers}Watchers`]:
      (user + system) / EVENTS,
  };
}

/** Changes per second that a client in another process has read, from the first change to the last line. */
async function watchRate(sim: Kubesim, watchers: number): Promise<number> {
  const version = sim.objects
    .list('pods')
    .reduce(
      (most, pod) => Math.max(most, Number(pod.metadata.resourceVersion)),
      0,
    );
  const url = `${sim.url}/api/v1/pods?watch=1&resourceVersion=${version}`;
  const clients = Array.from({ length: watchers }, () =>
    forkClient('countLines.cjs', url, sim.token, String(EVENTS)),
  );
  await Promise.all(
    clients.map(
      client => new Promise(resolve => client.once('message', resolve)),
    ),
  );
  const done = Promise.all(
    clients.map(client => new Promise(resolve => client.once('exit', resolve))),
  );
  const pods = sim.objects.list('pods');
  const start = performance.now();
  for (let sent = 0; sent < EVENTS; sent += BATCH) {
    const first = sent % pods.length;
    touch(sim, pods.slice(first, first + BATCH), String(sent));
    await new Promise(resolve => setImmediate(resolve));
  }
  await done;
  return EVENTS / (since(start) / 1000);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
