// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright-core';
import { tenantName } from '../../portal/tenantName';

/** So many tenants get another health in a second: half of them go to the top of the list, half of them back. */
export const MOVES_PER_SECOND = 5;
/** So many of them while the order is held. */
const HELD = 10;
const PAUSE_MS = 1000 / MOVES_PER_SECOND;

/** Gives a tenant another health. */
export type SetReady = (state: {
  readonly tenant: string;
  readonly isReady: boolean;
}) => Promise<unknown>;

/** Moves rows of the list one after another for a time; then holds the order with the pointer, and sorts all at once. */
export async function reorderList(
  page: Page,
  setReady: SetReady,
  watchMs: number,
): Promise<void> {
  const move = async (from: number, count: number) => {
    for (let at = from; at < from + count; at += 1) {
      // Spread over the list, each there and back.
      const tenant = tenantName((Math.floor(at / 2) * 37) % 1_000);
      await setReady({ tenant, isReady: at % 2 === 1 });
      await page.waitForTimeout(PAUSE_MS);
    }
  };
  const heldMs = HELD * PAUSE_MS;
  const free = Math.max(2, Math.floor((watchMs - 2 * heldMs) / PAUSE_MS / 2));
  await move(0, 2 * free);
  await page.getByTestId('tenants-table').hover();
  // Only there, not back: when it is sorted they all have another place.
  for (let at = 0; at < HELD; at += 1) {
    await setReady({ tenant: tenantName(990 - at * 11), isReady: false });
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.getByRole('button', { name: 'Re-sort' }).click();
  await page.waitForTimeout(heldMs / 2);
  for (let at = 0; at < HELD; at += 1) {
    await setReady({ tenant: tenantName(990 - at * 11), isReady: true });
  }
}
