// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadTenants, startKubesim } from '../src';
import {
  keep,
  listOnce,
  median,
  rounded,
  since,
  watchFigures,
  type Figures,
} from './clients';

const SIZES = [1_000, 7_500];
const PODS_PER_TENANT = 20;
const LISTS = 5;
const EVENTS = 20_000;
const MEGABYTE = 1_000_000;

/** Loads generated tenants of each size in a process of its own, and reads them all. */
async function main(): Promise<void> {
  const results: Figures[] = [];
  for (const tenants of SIZES) {
    const child = fork(__filename, [String(tenants)]);
    // What compiles the sources sends messages of its own.
    child.on('message', (message: { figures?: Figures }) => {
      if (message.figures) results.push(message.figures);
    });
    await once(child, 'exit');
  }
  keep('load.json', results);
}

async function measure(tenants: number): Promise<Figures> {
  const sim = await startKubesim({ seed: 1 });
  const cpu = process.cpuUsage();
  const start = performance.now();
  const objects = loadTenants(sim.objects, {
    tenants,
    podsPerTenant: PODS_PER_TENANT,
    seed: 1,
  });
  const loadMs = since(start);
  const { user, system } = process.cpuUsage(cpu);
  const megabytesLoaded = process.memoryUsage().rss / MEGABYTE;
  const figures = {
    tenants,
    pods: tenants * PODS_PER_TENANT,
    objects,
    loadMs,
    loadCpuMs: (user + system) / 1000,
    megabytesLoaded,
    listColdMs: await listOnce(sim),
    listCachedMs: await median(LISTS, () => listOnce(sim)),
    megabytesListed: process.memoryUsage().rss / MEGABYTE,
    ...(await watchFigures(sim, { watchers: 1, events: EVENTS })),
  };
  await sim.stop();
  return rounded(figures);
}

const [tenants] = process.argv.slice(2);
const run = tenants
  ? measure(Number(tenants)).then(figures => void process.send?.({ figures }))
  : main();
run.catch(error => {
  console.error(error);
  process.exitCode = 1;
});
