// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { expect, story } from '../story';

const TEMPLATE = '/create/templates/default/tenantry-create-tenant';
const TENANT = 'lyra';

/** Without it, a story about the tenant would depend on the one that makes it. */
async function chooseIn(page: Page, name: RegExp, option: string) {
  await page.getByRole('button', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

story.describe.serial('a tenant from a template', () => {
  story(
    'a team lead orders it, sees what it will be, and watches it become healthy',
    async ({ page }) => {
      story.slow();
      await page.goto(`${TEMPLATE}?persona=ada`);
      await page.getByRole('textbox', { name: /^Name/ }).fill(TENANT);
      await expect(
        page.getByText('No tenant that you may see has this name.'),
      ).toBeVisible();
      await page.getByRole('textbox', { name: /Owner/ }).fill('analytics');
      await page.getByRole('option', { name: /analytics/i }).click();
      await chooseIn(page, /Cluster/, 'us-east');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('radio', { name: /Standard/ }).check({
        force: true,
      });
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('checkbox', { name: /PostgreSQL/ }).check({
        force: true,
      });
      await expect(page.getByText(/to create|created/).first()).toBeVisible();
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Create' }).click();
      await expect(page.getByRole('link', { name: 'Open the tenant' })).toBeVisible(
        { timeout: 90_000 },
      );
      await page.getByRole('link', { name: 'Open the tenant' }).click();
      await expect(page).toHaveURL(new RegExp(`/tenants/t/${TENANT}`));
      await expect(
        page.locator('[data-health="Healthy"]').first(),
      ).toBeVisible({ timeout: 60_000 });
    },
  );
});
