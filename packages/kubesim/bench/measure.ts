// SPDX-License-Identifier: Apache-2.0
import { loadTenants, startKubesim, type Kubesim } from '../src';
import {
  keep,
  listOnce,
  median,
  rounded,
  since,
  touch,
  watchFigures,
  type Figures,
} from './clients';

const PODS = { tenants: 500, podsPerTenant: 20, seed: 1 };
const EVENTS = 100_000;
const STARTS = 5;

/** Measures start-up, lists of 10,000 pods and a watch that everything changes under. */
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
      ...(await watchFigures(sim, { watchers: 1, events: EVENTS })),
      ...(await watchFigures(sim, { watchers: 4, events: EVENTS })),
    };
    keep('measure.json', rounded(figures));
  } finally {
    await sim.stop();
  }
}

async function startOnce(): Promise<number> {
  const start = performance.now();
  const sim = await startKubesim({ seed: 1 });
  const ms = since(start);
  await sim.stop();
  return ms;
}

function listChanged(sim: Kubesim): Promise<number> {
  touch(sim, sim.objects.list('pods').slice(0, 100), 'list');
  return listOnce(sim);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
