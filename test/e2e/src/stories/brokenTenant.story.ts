// SPDX-License-Identifier: Apache-2.0
import { checkoutApi } from '../checkoutApi';
import { expect, story } from '../story';

story(
  'an owner sees a tenant break without reloading, and reads why in its log',
  async ({ page, euWest }) => {
    await euWest.setBehaviour(checkoutApi, { type: 'healthy' });
    await page.goto('/tenants?persona=paul');
    const row = page
      .getByTestId('tenants-table')
      .getByRole('row')
      .filter({
        has: page.getByRole('rowheader', { name: /payments-gateway/ }),
      })
      .first();
    await expect(row).toBeVisible();
    await expect(row.locator('[data-health="Healthy"]').first()).toBeVisible({
      timeout: 60_000,
    });
    // Set only here: a reload would lose it.
    await page.evaluate(() => {
      document.body.dataset.story = 'same page';
    });

    await euWest.setBehaviour(checkoutApi, { type: 'oom' });
    await expect(row.locator('[data-health="Degraded"]').first()).toBeVisible({
      timeout: 60_000,
    });
    expect(await page.evaluate(() => document.body.dataset.story)).toBe(
      'same page',
    );

    await row.getByRole('rowheader').click();
    const cause = page.getByTestId('cause-card').first();
    await expect(cause).toContainText('checkout-api');
    await expect(cause).toContainText('OOMKilled');

    await cause.getByRole('link', { name: /log/i }).first().click();
    await expect(page).toHaveURL(/\/logs/);
    await expect(page.getByTestId('log-line').first()).toBeVisible();

    await euWest.setBehaviour(checkoutApi, { type: 'healthy' });
  },
);
