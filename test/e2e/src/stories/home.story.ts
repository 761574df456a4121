// SPDX-License-Identifier: Apache-2.0
import { expect, story } from '../story';

story(
  'the home page says how my tenants are, the worst first, and leads there',
  async ({ page }) => {
    await page.goto('/?persona=ada');
    await expect(
      page.getByRole('heading', { name: 'My tenants' }),
    ).toBeVisible();
    const lines = page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.locator('[data-health]') });
    await expect(lines.first()).toContainText(/Degraded/);
    expect(await lines.count()).toBeLessThanOrEqual(6);
    await expect(lines.filter({ hasText: 'payments' })).toHaveCount(0);
    const first = lines.first().getByRole('link');
    const name = await first.textContent();
    await first.click();
    await expect(page).toHaveURL(`/tenants/t/${name}/overview`);
  },
);

story('a guest is told on the home page what is missing', async ({ page }) => {
  await page.goto('/?persona=guest');
  await expect(page.getByRole('heading', { name: 'My tenants' })).toBeVisible();
  await expect(page.getByText(/may not list tenants/).first()).toBeVisible();
  await expect(page.getByRole('main').locator('[data-health]')).toHaveCount(0);
});
