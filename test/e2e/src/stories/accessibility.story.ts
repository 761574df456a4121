// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, story } from '../story';

const SERIOUS = ['serious', 'critical'];

/** Text that still fades in has the contrast of none of its states. */
async function waitUntilAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter(a => a.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map(a => a.finished));
  });
}

/** What a screen reader or a keyboard would stumble over. The portal's own sidebar is not ours to judge. */
async function findBarriers(page: Page) {
  await waitUntilAtRest(page);
  const { violations } = await new AxeBuilder({ page })
    .include('main')
    .analyze();
  return violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .map(({ id, nodes }) => ({ id, at: nodes.map(node => node.html) }));
}

for (const colorScheme of ['light', 'dark'] as const) {
  story.describe(colorScheme, () => {
    story.use({ colorScheme });

    story('the tenants page has no serious barrier', async ({ page }) => {
      await page.goto('/tenants?persona=pia');
      await expect(
        page
          .getByTestId('tenants-table')
          .getByRole('rowheader', { name: /analytics-core/ }),
      ).toBeVisible();
      expect(await findBarriers(page)).toEqual([]);
    });

    story('a tenant’s page has no serious barrier', async ({ page }) => {
      await page.goto('/tenants?persona=pia');
      await page
        .getByTestId('tenants-table')
        .getByRole('rowheader', { name: /analytics-core/ })
        .click();
      await expect(page).toHaveURL(/\/tenants\/t\//);
      await expect(page.getByText('What runs')).toBeVisible();
      expect(await findBarriers(page)).toEqual([]);
    });
  });
}
