// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';

const SHOWN_TIMEOUT_MS = 60_000;

/** On the open page of a tenant: opens the plan of putting it to sleep. */
export async function openSleepPlan(page: Page, tenant: string): Promise<void> {
  await page
    .getByRole('button', { name: `Actions of ${tenant}` })
    .first()
    .click();
  await page
    .getByRole('menuitem', { name: /Put to sleep/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByText('What changes')
    .waitFor({ timeout: SHOWN_TIMEOUT_MS });
}
