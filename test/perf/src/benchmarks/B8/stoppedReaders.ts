// SPDX-License-Identifier: Apache-2.0
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { tenantName } from '../../portal/tenantName';
import type { Stage } from './Stage';

/** As many as the connections to one API server allow for logs. */
const READERS = 12;
/** Nothing was read from the API server for so long: everything between is full. And so long after the readers have gone nothing of them is left. */
const STILL_MS = 1_500;
/** How often the memory in use is looked at. */
export const LOOK_EVERY_MS = 100;
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

/** What {@link stoppedReaders} found, for one reader. */
export type StoppedReader = {
  /** The most of heap and external memory of the portal that was in use after any collection, from the request until the reader has gone. */
  readonly highestMiB: number;
  /** The same once it has let go of the logs. */
  readonly letGoMiB: number;
  /** Bytes that were read from the API server before everything stood still; most of them lie in sockets of the system. */
  readonly servedMiB: number;
};

/** Looks at what is used again and again, until `signal` aborts. Answers the most. */
async function highestOf(
  used: () => Promise<number>,
  signal: AbortSignal,
): Promise<number> {
  let most = 0;
  while (!signal.aborted) {
    most = Math.max(most, await used());
    await sleep(LOOK_EVERY_MS);
  }
  return most;
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

async function measure(
  { portal, ...stage }: Stage,
  served: () => Promise<number>,
): Promise<StoppedReader> {
  const used = () => portal.call('usedBytes');
  const before = await used();
  const servedBefore = await served();
  const over = new AbortController();
  const highest = highestOf(used, over.signal);
  const readers = await Promise.all(
    stage.tokens.slice(0, READERS).map(token => open(stage, token)),
  );
  while ((await served()) === servedBefore) await sleep(LOOK_EVERY_MS);
  const all = await untilStill(served);
  await sleep(LET_GO_MS);
  over.abort();
  const most = await highest;
  const after = await used();
  for (const reader of readers) reader.destroy();
  await sleep(STILL_MS);
  const each = (bytes: number) => bytes / readers.length / mebibyte;
  return {
    highestMiB: each(most - before),
    letGoMiB: each(after - before),
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
