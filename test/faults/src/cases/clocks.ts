// SPDX-License-Identifier: Apache-2.0
import { tenantSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { ArmedFault, Kubesim } from '@tenantry/kubesim';
import { podNamed } from '../bench/tenantObjects';
import type { FaultBench } from '../FaultBench';
import type { FaultCase, FaultCounts, FaultOutcome } from '../FaultCase';
import { onBench } from './onBench';

const hourMs = 3_600_000;
/** A pod may wait two minutes for a node before that is a fault. */
const expectedCodes = { fresh: 'Progressing', old: 'Degraded' } as const;
const waitedMs = { fresh: 10_000, old: 600_000 } as const;
const ages = ['fresh', 'old'] as const;

/** Pods that wait for a node, since times that the server’s own clock says. */
function putWaiting(sim: Kubesim, serverNow: number): void {
  for (const age of ages) {
    const since = new Date(serverNow - waitedMs[age]).toISOString();
    sim.objects.create('pods', {
      ...podNamed('shop', age),
      status: {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available.',
            lastTransitionTime: since,
          },
        ],
      },
    });
  }
}

/** Pods whose health is told as something else than it is by the server’s clock. */
function wrongStates({ viewers }: FaultBench): number {
  const { data } = tenantSchema
    .pick({ environments: true })
    .safeParse(viewers[0]?.push.value('one')?.value);
  const pods = (data?.environments ?? [])
    .flatMap(({ modules }) => modules)
    .flatMap(({ workloads }) => workloads)
    .flatMap(workload => workload.pods);
  return ages.filter(age => {
    const pod = pods.find(({ name }) => name === `shop-${age}`);
    return pod?.health.code !== expectedCodes[age];
  }).length;
}

type Skew = { readonly oursMs: number; readonly theirsMs: number };

async function runSkewed(
  seed: number,
  { oursMs, theirsMs }: Skew,
): Promise<FaultOutcome> {
  const armed: ArmedFault[] = [];
  const prepare = (sim: Kubesim) => {
    armed.push(sim.faults.arm({ kind: 'clockSkew', ms: theirsMs }));
    putWaiting(sim, Date.now() + theirsMs);
  };
  return await onBench({ seed, prepare, offsetMs: oursMs }, async bench => ({
    injected: armed[0]?.injected ?? 0,
    counts: { 'wrong states': { is: wrongStates(bench), atMost: 0 } },
  }));
}

function added(counts: readonly FaultCounts[]): FaultCounts {
  const sums = new Map<string, FaultCounts[string]>();
  for (const [name, count] of counts.flatMap(c => Object.entries(c))) {
    const is = (sums.get(name)?.is ?? 0) + count.is;
    sums.set(name, { ...count, is });
  }
  return Object.fromEntries(sums);
}

async function runAll(seed: number): Promise<FaultOutcome> {
  const outcomes: FaultOutcome[] = [];
  for (const ms of [hourMs, -hourMs]) {
    outcomes.push(await runSkewed(seed, { oursMs: ms, theirsMs: 0 }));
    outcomes.push(await runSkewed(seed, { oursMs: 0, theirsMs: ms }));
  }
  return {
    injected: Math.min(...outcomes.map(({ injected }) => injected)),
    counts: added(outcomes.map(({ counts }) => counts)),
    divergences: outcomes.flatMap(({ divergences }) => divergences),
  };
}

/** The clocks of the portal and of a cluster differ. */
export const clockCases: readonly FaultCase[] = [
  {
    id: 'A16',
    title: 'clocks an hour apart, each way round',
    how: 'Our clock, then the server’s with its Date header and the times in its objects, is one hour ahead, then behind. Two pods wait for a node: one for 10 s, one for 10 min.',
    expected: 'Ages are told by the server’s clock: no state is wrong.',
    seed: 16,
    run: runAll,
  },
];
