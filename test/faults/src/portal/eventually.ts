// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 250;
const MOST_TRIES = 160;

/** Asks again until there is an answer: for what other plugins do on a schedule of their own. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(ASK_EVERY_MS);
  }
  throw new Error(`It did not come to this: ${what}.`);
}
