// SPDX-License-Identifier: Apache-2.0
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { tenantName } from '../../portal/tenantName';
import type { Stage } from './Stage';

const READERS = 8;
/** Nothing was read from the API server for so long: everything between is full. And so long after the readers have gone nothing of them is left. */
const STILL_MS = 1_500;
const LOOK_EVERY_MS = 100;
/** By then the portal has let go of the logs of who takes nothing. */
const LET_GO_MS = 12_000;
const mebibyte = 1024 ** 2;

/** Opens the logs of all pods and takes nothing of them, not even what the socket of this process would hold. */
function open(
  { url }: Pick<Stage, 'url'>,
  token: string,
): Promise<IncomingMessage> {
  const query = new URLSearchParams({
    follow: 'true',
    tailLines: 'all',
    mixed: 'true',
  });
  return new Promise((resolve, reject) => {
    const request = get(
      `${url}/api/tenants/v1/tenants/${tenantName(0)}/logs?${query}`,
      { agent: false, headers: { authorization: `Bearer ${token}` } },
      response => {
        response.pause();
        resolve(response);
      },
    );
    request.once('error', reject);
  });
}

async function untilStill(served: () => Promise<number>): Promise<number> {
  let last = -1;
  let since = performance.now();
  while (performance.now() - since < STILL_MS) {
    const now = await served();
    if (now !== last) since = performance.now();
    last = now;
    await sleep(LOOK_EVERY_MS);
  }
  return last;
}

/** What {@link stoppedReaders} found, for one reader. */
export type StoppedReader = {
  /** Heap and external memory of the portal after a collection, once it has let go of the logs. */
  readonly MiB: number;
  /** The same as soon as everything stands still. */
  readonly MiBAtFirst: number;
  /** Bytes that were read from the API server before everything stood still; most of them lie in sockets of the system. */
  readonly servedMiB: number;
};

async function measure(
  { portal, ...stage }: Stage,
  served: () => Promise<number>,
): Promise<StoppedReader> {
  const before = await portal.call('usedBytes');
  const servedBefore = await served();
  const readers = await Promise.all(
    stage.tokens.slice(0, READERS).map(token => open(stage, token)),
  );
  const all = await untilStill(served);
  const atFirst = await portal.call('usedBytes');
  await sleep(LET_GO_MS);
  const after = await portal.call('usedBytes');
  for (const reader of readers) reader.destroy();
  await sleep(STILL_MS);
  const each = (bytes: number) => bytes / readers.length / mebibyte;
  return {
    MiB: each(after - before),
    MiBAtFirst: each(atFirst - before),
    servedMiB: each(all - servedBefore),
  };
}

/**
 * What one reader costs the portal’s process who opens the logs of twenty pods, each longer than what lies between, and takes nothing.
 * The second time, so that what the first leaves behind for all that follow is not counted.
 */
export async function stoppedReaders(
  stage: Stage,
  served: () => Promise<number>,
): Promise<StoppedReader> {
  await measure(stage, served);
  return measure(stage, served);
}
