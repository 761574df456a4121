// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { selfSignedCertificate } from '../../../../plugins/tenants-backend/src/kube/testing/selfSignedCertificate';
import {
  watchedKindNames,
  watchedType,
} from '../../../../plugins/tenants-backend/src/informers/watchedKinds';
import { resourceOf } from '../bench/cacheDivergences';
import { TlsFront, type Identity } from '../bench/TlsFront';
import type { FaultBench } from '../FaultBench';
import type { FaultCase, FaultOutcome } from '../FaultCase';
import { exactly, onBench, pods, type Provoked } from './onBench';

/** Waits until the data is marked stale. Returns after how many seconds of the product’s time. */
async function secondsUntilStale(
  bench: FaultBench,
  start: number,
): Promise<number> {
  const isStale = () => bench.view().freshness === 'stale';
  await bench.until('the stale flag', isStale);
  return Math.round((bench.clock.now() - start) / 1000);
}

async function blackhole(bench: FaultBench): Promise<Provoked> {
  const { wire } = bench.cluster;
  const start = bench.clock.now();
  wire.blackhole();
  wire.cut();
  bench.cluster.churn(1);
  const seconds = await secondsUntilStale(bench, start);
  wire.heal();
  await bench.settle();
  return {
    injected: wire.hit,
    counts: { 'seconds to the stale flag': { is: seconds, atMost: 11 } },
  };
}

async function halfOpen(bench: FaultBench): Promise<Provoked> {
  const { cluster, clock } = bench;
  const watches = watchedKindNames
    .filter(kind => !watchedType(kind).optional)
    .map(kind => `watch ${resourceOf(kind)}`);
  const { requests } = cluster.sim;
  const before = new Map(watches.map(watch => [watch, requests.get(watch)]));
  const bookmarkMs = 6_000;
  await delay(1.2 * bookmarkMs);
  const start = clock.now();
  const struck = cluster.wire.halfOpen(1.1 * bookmarkMs);
  cluster.churn(1);
  await bench.until('every watch is opened again', () =>
    watches.every(watch => requests.get(watch) > (before.get(watch) ?? 0)),
  );
  const seconds = Math.round((clock.now() - start) / 1000);
  const relists = bench.lists('pods');
  await bench.settle();
  return {
    injected: struck,
    counts: {
      'seconds until all watches are new': { is: seconds, atMost: 90 },
      relists: exactly(bench.lists('pods') - relists, 0),
    },
  };
}

async function closeAgainAndAgain(bench: FaultBench): Promise<Provoked> {
  const times = 5;
  const { faults, requests } = bench.cluster.sim;
  const relists = bench.lists('pods');
  const watches = requests.get('watch pods');
  let unsynced = 0;
  const stop = bench.portal.clusters.onChange(() => {
    if (bench.view().freshness !== 'synced') unsynced++;
  });
  const fault = faults.arm({
    kind: 'watchCut',
    afterMs: 1_000,
    times,
    match: pods,
  });
  for (let round = 1; round <= times; round++) {
    bench.cluster.churn(round);
    await bench.until('the watch is opened again', () => {
      return requests.get('watch pods') >= watches + round;
    });
  }
  await bench.settle();
  stop();
  return {
    injected: fault.injected,
    counts: {
      relists: exactly(bench.lists('pods') - relists, 0),
      'times not live': { is: unsynced, atMost: 0 },
    },
  };
}

/** Bytes that were sent to the server while it showed a certificate that is not to be trusted. */
async function whileShowing(
  bench: FaultBench,
  shown: { readonly front: TlsFront; readonly identity: Identity },
): Promise<number> {
  shown.front.show(shown.identity);
  const before = shown.front.received;
  await bench.until('the refusal is said', () =>
    (bench.view().status.problem?.message ?? '').includes('TLS certificate'),
  );
  await secondsUntilStale(bench, bench.clock.now());
  return shown.front.received - before;
}

async function rotateAuthority(seed: number): Promise<FaultOutcome> {
  const [first, second, stranger] = [1, 2, 3].map(selfSignedCertificate);
  if (!first || !second || !stranger) throw new Error('No certificates.');
  const folder = await mkdtemp(join(tmpdir(), 'tenants-faults-'));
  const caFile = join(folder, 'ca.crt');
  await writeFile(caFile, first.cert);
  let front: TlsFront | undefined;
  try {
    return await onBench(
      {
        seed,
        speed: 10,
        reach: async ({ url }) => {
          front = await TlsFront.start(first, Number(new URL(url).port));
          return { url: front.url, caFile };
        },
      },
      async bench => {
        if (!front) throw new Error('There is no front.');
        const atRotation = await whileShowing(bench, {
          front,
          identity: second,
        });
        await writeFile(caFile, second.cert);
        bench.cluster.churn(1);
        const left = await bench.settle();
        const atStranger = await whileShowing(bench, {
          front,
          identity: stranger,
        });
        front.show(second);
        return {
          injected: 2,
          counts: {
            'bytes sent to an untrusted server': {
              is: atRotation + atStranger,
              atMost: 0,
            },
            'divergences after the rotation': { is: left.length, atMost: 0 },
          },
        };
      },
    );
  } finally {
    await front?.stop();
    await rm(folder, { recursive: true });
  }
}

/** The wire to the server breaks, or it is another server. */
export const connectionCases: readonly FaultCase[] = [
  {
    id: 'A5',
    title: 'the cluster does not answer at all',
    how: 'All connections are reset and new ones lead into a hole, then it is filled. The product’s clock runs 3 times as fast.',
    expected:
      'The data is marked stale within 10 s; readers are served throughout.',
    seed: 5,
    run: seed => onBench({ seed, speed: 3 }, blackhole),
  },
  {
    id: 'A6',
    title: 'half-open connections',
    how: 'Every connection in use goes silent without an end while objects change; new connections work. The product’s clock and the server’s bookmarks run 10 times as fast.',
    expected:
      'The silence is noticed as bookmarks are missing, within 90 s; watches resume and nothing is lost.',
    seed: 6,
    run: seed => onBench({ seed, speed: 10 }, halfOpen),
  },
  {
    id: 'A7',
    title: 'watch closed cleanly each second',
    how: 'The watch of pods is ended as agreed after 1 s, five times, while pods change.',
    expected: 'It is resumed without a list; the data stays live.',
    seed: 7,
    run: seed => onBench({ seed }, closeAgainAndAgain),
  },
  {
    id: 'A15',
    title: 'the authority is rotated; a wrong certificate',
    how: 'A TLS server in front shows a certificate of a new authority, whose file is replaced later, and then one of a stranger. The product’s clock runs 10 times as fast.',
    expected:
      'No request is sent to a server that is not trusted, the reason is said, and the new authority is read by itself.',
    seed: 15,
    run: rotateAuthority,
  },
];
