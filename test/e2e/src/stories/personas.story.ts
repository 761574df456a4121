// SPDX-License-Identifier: Apache-2.0
import { expect, story } from '../story';

story(
  'the demo starts as Ada and says that there is no password',
  async ({ page }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Switch persona' }).click();
    await expect(page.getByText('without a password')).toBeVisible();
    const ada = page.getByText('Ada, analytics');
    await expect(ada).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Sign in as Ada, analytics' }),
    ).toHaveCount(0);
  },
);

story(
  'a platform engineer sees tenants of every team after switching',
  async ({ page }) => {
    await page.goto('/personas');
    await page
      .getByRole('button', { name: 'Sign in as Pia, platform engineer' })
      .click();
    await expect(page).toHaveURL(/\/tenants/);
    const table = page.getByTestId('tenants-table');
    await expect(table.getByText(/payments/).first()).toBeVisible();
    await expect(table.getByText(/analytics/).first()).toBeVisible();
  },
);

story('an owner does not see tenants of another team', async ({ page }) => {
  await page.goto('/tenants?persona=ada');
  const table = page.getByTestId('tenants-table');
  await expect(table.getByText(/analytics/).first()).toBeVisible();
  await expect(table.getByText(/payments/)).toHaveCount(0);
});

story('an owner finds the tenants in the catalogue', async ({ page }) => {
  await page.goto(
    '/catalog?persona=paul&filters[kind]=resource&filters[type]=tenant',
  );
  await expect(
    page.getByRole('link', { name: /payments/ }).first(),
  ).toBeVisible({
    timeout: 60_000,
  });
});
