// SPDX-License-Identifier: Apache-2.0
import type { ArmedFault, Kubesim } from '@tenantry/kubesim';
import { namespaceOf, PODS_AT_START, podNamed } from '../bench/tenantObjects';
import type { FaultBench } from '../FaultBench';
import type { FaultCase } from '../FaultCase';
import { exactly, onBench, pods, type Provoked } from './onBench';

const moreThanAPage = 1_200;

async function expireInStream(bench: FaultBench): Promise<Provoked> {
  const before = bench.lists('pods');
  const fault = bench.cluster.sim.faults.arm({
    kind: 'watchExpired',
    match: pods,
  });
  bench.cluster.churn(1);
  await bench.settle();
  const relists = bench.lists('pods') - before;
  return { injected: fault.injected, counts: { relists: exactly(relists, 1) } };
}

async function expireAsStatus(bench: FaultBench): Promise<Provoked> {
  const before = bench.lists('pods');
  const match = { ...pods, verb: 'watch' };
  const fault = bench.cluster.sim.faults.arm({
    kind: 'httpStatus',
    status: 410,
    match,
  });
  bench.cluster.sim.faults.arm({ kind: 'watchCut', match: pods });
  bench.cluster.churn(1);
  await bench.settle();
  const relists = bench.lists('pods') - before;
  return { injected: fault.injected, counts: { relists: exactly(relists, 1) } };
}

/** Makes the product list in pages, as from a server that has no WatchList. */
function refuseWatchList(sim: Kubesim): void {
  const match = { ...pods, verb: 'watch' };
  sim.faults.arm({ kind: 'httpStatus', status: 400, times: 1, match });
}

function fillElsewhere(sim: Kubesim): void {
  const metadata = { name: 'elsewhere' };
  sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata,
  });
  for (let i = 0; i < moreThanAPage; i++) {
    const pod = podNamed('shop', `filler-${i}`);
    sim.objects.create('pods', {
      ...pod,
      metadata: { namespace: 'elsewhere', name: `filler-${i}` },
    });
  }
}

async function runExpiredContinue(seed: number) {
  const armed: ArmedFault[] = [];
  const prepare = (sim: Kubesim) => {
    refuseWatchList(sim);
    fillElsewhere(sim);
    const fault = { kind: 'continueExpired', times: 2, match: pods } as const;
    armed.push(sim.faults.arm(fault));
  };
  return await onBench({ seed, prepare }, async bench => {
    const pages = bench.cluster.sim.requests.get('list pods');
    bench.cluster.churn(1);
    return {
      injected: armed[0]?.injected ?? 0,
      // Two tries that fail at their second page, one of three pages.
      counts: { 'pages asked for': exactly(pages, 7) },
    };
  });
}

function newestVersion(sim: Kubesim): string {
  const versions = sim.objects
    .list('pods')
    .map(pod => Number(pod.metadata.resourceVersion));
  return String(Math.max(...versions));
}

async function emptyLists(bench: FaultBench): Promise<Provoked> {
  const { listers } = bench.view();
  let fewest = Infinity;
  const stop = bench.portal.clusters.onChange(() => {
    fewest = Math.min(fewest, listers.pods.size);
  });
  let injected = 0;
  for (const resourceVersion of ['1', newestVersion(bench.cluster.sim)]) {
    const empty = { kind: 'emptyList', resourceVersion, match: pods } as const;
    const fault = bench.cluster.sim.faults.arm(empty);
    bench.cluster.sim.faults.arm({ kind: 'watchExpired', match: pods });
    bench.cluster.churn(injected + 1);
    await bench.settle();
    injected += fault.injected;
  }
  stop();
  const lost = Math.max(0, 2 * PODS_AT_START - fewest);
  return { injected, counts: { 'false deletes': { is: lost, atMost: 0 } } };
}

function replaceAll(bench: FaultBench): ReadonlySet<string> {
  const { objects } = bench.cluster.sim;
  const old = new Set<string>();
  for (const tenant of ['shop', 'bank'] as const) {
    for (let i = 0; i < PODS_AT_START; i++) {
      const name = `${tenant}-pod-${i}`;
      const where = { namespace: namespaceOf(tenant), name };
      old.add(objects.get('pods', where)?.metadata.uid ?? '');
      objects.delete('pods', where, { gracePeriodSeconds: 0 });
      objects.create('pods', podNamed(tenant, `pod-${i}`));
    }
  }
  return old;
}

/** Objects that anybody still knows by an old uid. */
function knownByOldUid(bench: FaultBench, old: ReadonlySet<string>): number {
  const cached = [...bench.view().listers.pods.list()];
  const told = bench.viewers.map(({ push }) =>
    JSON.stringify(push.value('one')?.value ?? ''),
  );
  const inCache = cached.filter(({ uid }) => old.has(uid)).length;
  const inStreams = [...old].filter(uid => told.some(t => t.includes(uid)));
  return inCache + inStreams.length;
}

async function reuseNames(bench: FaultBench): Promise<Provoked> {
  let injected = 0;
  let wrong = 0;
  for (const kind of ['watchCut', 'watchExpired'] as const) {
    bench.cluster.sim.faults.arm({ kind, match: pods });
    // In the same turn of the loop as the cut: no watch is open.
    const old = replaceAll(bench);
    injected += old.size;
    await bench.settle();
    wrong += knownByOldUid(bench, old);
  }
  return { injected, counts: { 'wrong history': { is: wrong, atMost: 0 } } };
}

/** The server no longer has the state from which the product wants to go on, or says something else about it. */
export const stateLostCases: readonly FaultCase[] = [
  {
    id: 'A1',
    title: '410 inside the stream',
    how: 'An ERROR event with code 410 ends the watch of pods; pods are created, changed and deleted meanwhile.',
    expected:
      'The kind is listed once more and swapped in one go; what went is told as deleted.',
    fast: true,
    seed: 1,
    run: seed => onBench({ seed }, expireInStream),
  },
  {
    id: 'A2',
    title: '410 as the HTTP status of the watch',
    how: 'The watch of pods is cut and the next one answered with 410; pods change meanwhile.',
    expected:
      'The kind is listed once more and swapped in one go; what went is told as deleted.',
    fast: true,
    seed: 2,
    run: seed => onBench({ seed }, expireAsStatus),
  },
  {
    id: 'A11',
    title: 'a list whose continue token expires on the way',
    how: 'The server has no WatchList and 1,220 pods; the second page is answered with 410, twice.',
    expected: 'Paging begins anew; no half list is ever shown.',
    fast: true,
    seed: 11,
    run: runExpiredContinue,
  },
  {
    id: 'A12',
    title: 'an empty list by mistake',
    how: 'After a 410 the list of pods comes back empty with an old version, and another time with the newest one.',
    expected: 'It is not believed at once: nothing is shown as deleted.',
    seed: 12,
    run: seed => onBench({ seed, prepare: refuseWatchList }, emptyLists),
  },
  {
    id: 'A20',
    title: 'names used again by other objects between watches',
    how: 'All 20 pods are deleted and created under the same names while no watch is open; once with a resumed watch, once with a relist.',
    expected: 'The old object is told as deleted, then the new one as added.',
    fast: true,
    seed: 20,
    run: seed => onBench({ seed }, reuseNames),
  },
];
