// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from '../../Child';
import { runContest } from '../../contest';
import { median } from '../../percentile';
import type { resourceUse } from '../../resourceUse';
import type { BenchmarkResult, Size } from '../../result';
import type { FanoutHandlers } from './fanout';
import type { SubscriberHandlers } from './subscribers';

const SIZES = {
  quick: { subscribers: 400, tenants: 40, changes: 80, rounds: 2 },
  full: { subscribers: 2_000, tenants: 200, changes: 100, rounds: 4 },
};
const STALLED_SHARE = 0.05;
const WARM_CHANGES = 10;
const ARRIVE_MS = 400;

type Plan = (typeof SIZES)[Size] & { readonly stalled: number };
type Measured = {
  readonly perCpuSecond: number;
  readonly p99Ms: number;
  readonly serialisationsPerChange: number;
  readonly bytesPerStalled: number;
};

async function measure(side: 'ours' | 'peer', plan: Plan): Promise<Measured> {
  const { tenants, subscribers, stalled, changes } = plan;
  const sender = Child.start<FanoutHandlers & typeof resourceUse>(
    join(__dirname, 'fanout.ts'),
    { heapMb: 8_192 },
  );
  const receiver = Child.start<SubscriberHandlers & typeof resourceUse>(
    join(__dirname, 'subscribers.ts'),
  );
  try {
    const port = await sender.call('start', { side, tenants });
    if (port === undefined) throw new Error('The sender has no port.');
    await receiver.call('subscribe', { port, tenants, subscribers, stalled });
    const change = async (rounds: number) => {
      const sequence = await sender.call('change', { rounds });
      await sleep(ARRIVE_MS);
      return sequence;
    };
    const told = await change(WARM_CHANGES);
    await receiver.call('takeP99');
    const state = async () => ({
      messages: await receiver.call('messages'),
      stringified: await sender.call('stringified'),
      used: await sender.call('usedBytes'),
      cpu: await sender.call('cpuSeconds'),
    });
    const before = await state();
    const made = (await change(changes)) - told;
    const cpu = (await sender.call('cpuSeconds')) - before.cpu;
    const after = await state();
    return {
      perCpuSecond: (after.messages - before.messages) / cpu,
      p99Ms: await receiver.call('takeP99'),
      serialisationsPerChange: (after.stringified - before.stringified) / made,
      bytesPerStalled: (after.used - before.used) / Math.max(1, stalled),
    };
  } finally {
    await sender.stop();
    await receiver.stop();
  }
}

/** One change sent to all who follow the tenant, beside a server that writes each reader’s message for itself. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const sizes = SIZES[size];
  const { subscribers, tenants, changes, rounds } = sizes;
  const stalled = Math.round(subscribers * STALLED_SHARE);
  const taken: Record<'ours' | 'peer' | 'calm', Measured[]> = {
    ours: [],
    peer: [],
    calm: [],
  };
  const contest = (side: 'ours' | 'peer') => async () => {
    const measured = await measure(side, { ...sizes, stalled });
    taken[side].push(measured);
    return measured.perCpuSecond;
  };
  const results = await runContest({
    ours: contest('ours'),
    peer: contest('peer'),
    rounds,
  });
  for (let i = 0; i < rounds / 2; i++) {
    taken.calm.push(await measure('ours', { ...sizes, stalled: 0 }));
  }
  const middle = (side: keyof typeof taken, of: keyof Measured) =>
    median(taken[side].map(one => one[of]));
  return {
    id: 'B6',
    title: 'Push fan-out',
    peer: 'JSON.stringify for each reader over the same transport',
    peerVersion: '',
    unit: 'messages arrived per second of CPU of the sender',
    higherIsBetter: true,
    rounds: results,
    counts: {
      serialisationsPerChange: middle('calm', 'serialisationsPerChange'),
    },
    figures: {
      'bytes a stalled reader costs': middle('ours', 'bytesPerStalled'),
      'bytes a stalled reader costs, peer': middle('peer', 'bytesPerStalled'),
      'serialisations per change, peer': middle(
        'peer',
        'serialisationsPerChange',
      ),
      'p99 of the others with stalled readers over without':
        middle('ours', 'p99Ms') / middle('calm', 'p99Ms'),
    },
    note: `${subscribers} connections to ${tenants} tenants, ${stalled} of which take nothing (of tenants with the largest patches; their side of the connection is held full), ${changes} changes of every tenant a round, with patches of 256 bytes to 4 KB. From the cache’s store through snapshots and streams to an HTTP answer, without Express and sign-in, which a stream passes once; both sides derive the change alike. Backstage’s signals write each reader’s message for itself, as the peer does. The product serves at most 200 streams of 32 subscriptions a process.`,
  };
}
