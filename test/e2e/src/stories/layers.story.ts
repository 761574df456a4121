// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { findBarriers } from '../findBarriers';
import { openSleepPlan } from '../openSleepPlan';
import { orderPodinfo } from '../orderPodinfo';
import { PortalApi } from '../PortalApi';
import { expect, story } from '../story';

const TENANT = 'orbit';
const HOME = `/tenants/t/${TENANT}`;
const READY_TIMEOUT_MS = 60_000;

/** Opens something over the page and looks at it in both colours; the portal draws the page anew for others. */
async function expectUsable(
  page: Page,
  address: string,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${address}?persona=pia`);
    await open(page);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toHaveCount(1);
    await expect(dialog.getByRole('status', { name: 'Loading…' })).toHaveCount(
      0,
    );
    expect
      .soft(
        await findBarriers(page, { inside: '[role="dialog"]' }),
        colorScheme,
      )
      .toEqual([]);
    const focusInside = await page.evaluate(
      () => document.activeElement?.closest('[role="dialog"]') !== null,
    );
    expect(focusInside, 'focus inside').toBe(true);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
}

async function openObject(page: Page): Promise<void> {
  await page
    .getByRole('table', { name: 'Workloads' })
    .getByRole('button', { name: /podinfo/ })
    .filter({ hasText: 'podinfo' })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toContainText('apiVersion', {
    timeout: READY_TIMEOUT_MS,
  });
}

async function openOperation(page: Page): Promise<void> {
  await page
    .getByRole('table', { name: 'Operations' })
    .getByRole('link')
    .first()
    .click();
  await expect(page.getByRole('dialog').getByText(/^Done/).first()).toBeVisible(
    { timeout: READY_TIMEOUT_MS },
  );
}

/** A key of the page, once there is one. */
function press(key: string) {
  return async (page: Page) => {
    await expect(page.getByRole('treegrid')).toBeVisible();
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
  };
}

story.describe('what lies over a page', () => {
  story.beforeAll(async ({ request }) => {
    const pia = await PortalApi.signIn(request, 'pia');
    await orderPodinfo(pia, TENANT);
  });

  for (const [what, tab, open] of [
    ['an object and its YAML', 'workloads', openObject],
    ['a plan', 'overview', (page: Page) => openSleepPlan(page, TENANT)],
    ['an operation', 'operations', openOperation],
    ['where to jump to', 'overview', press('Control+k')],
    ['the keys', 'overview', press('?')],
  ] as const) {
    story(`everybody can read ${what}`, async ({ page }) => {
      await expectUsable(page, `${HOME}/${tab}`, open);
    });
  }

  story(
    'a plan stays open when the system changes its colours',
    async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(`${HOME}/overview?persona=pia`);
      await openSleepPlan(page, TENANT);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect(
        page.locator('[data-theme-mode="dark"]').first(),
      ).toBeAttached();
      await expect(
        page.getByRole('dialog').getByText('What changes'),
      ).toBeVisible({ timeout: READY_TIMEOUT_MS });
    },
  );

  story('everybody can ask whether a change fits', async ({ page }) => {
    await page.goto(`${HOME}/quota?persona=pia`);
    const fit = page.getByRole('region', { name: 'Will it fit?' });
    await fit.getByRole('button', { name: /Change/ }).click();
    await page.getByRole('option', { name: /Scale/ }).click();
    expect.soft(await findBarriers(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(
      page.locator('[data-theme-mode="dark"]').first(),
    ).toBeAttached();
    expect.soft(await findBarriers(page), 'dark').toEqual([]);
  });
});
