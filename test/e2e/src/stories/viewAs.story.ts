// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { expect, story } from '../story';

async function viewAs(page: Page, user: string): Promise<void> {
  await page.goto('/tenants/platform?persona=pia');
  await page.getByRole('button', { name: 'View as…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'User' }).fill(user);
  await dialog.getByRole('button', { name: 'View', exact: true }).click();
}

story(
  'a platform engineer sees the portal as a member does, and stops',
  async ({ page }) => {
    await viewAs(page, 'mia');
    const banner = page.getByRole('region', { name: 'View as' });
    await expect(banner).toContainText(
      'Viewing as user:default/mia — read-only.',
    );
    await page.getByRole('tab', { name: 'Tenants' }).click();
    const rows = page.getByTestId('tenants-table').getByRole('rowheader');
    await expect(rows.first()).toBeVisible();
    const seenAsMia = await rows.count();
    await page.goto('/tenants/t/payments-gateway');
    await expect(page.getByText('Closed to you: Audit.')).toBeVisible();
    await banner.getByRole('button', { name: 'Stop viewing' }).click();
    await expect(banner).toHaveCount(0);
    await expect(page.getByText('Closed to you')).toHaveCount(0);
    await page.goto('/tenants');
    await expect(async () => {
      expect(await rows.count()).toBeGreaterThan(seenAsMia);
    }).toPass();
  },
);

story('nobody is viewed who is not in the catalogue', async ({ page }) => {
  await viewAs(page, 'nobody');
  await expect(page.getByRole('alert')).toContainText(
    'The catalogue has no user:default/nobody.',
  );
});

story(
  'an owner sees who is a member and who looked at what',
  async ({ page }) => {
    await page.goto('/tenants/t/analytics-core/logs?persona=ada&env=dev');
    await expect(page.getByRole('log')).toBeVisible();
    await page.getByRole('tab', { name: 'Members' }).click();
    await expect(
      page
        .getByRole('table', { name: 'Members' })
        .getByRole('link', { name: 'team-analytics' })
        .first(),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Audit' }).click();
    const audit = page.getByRole('table', { name: 'Audit' });
    await expect(
      audit.getByRole('row', { name: /user:default\/ada Read logs/ }).first(),
    ).toBeVisible();
    await expect(page.getByText(/hash chain .* intact/)).toBeVisible();
  },
);

story('a member learns who can open the audit', async ({ page }) => {
  await page.goto('/tenants/t/payments-gateway?persona=mia');
  await page.getByText('Closed to you: Audit.').click();
  const audit = page
    .getByRole('listitem')
    .filter({ hasText: 'needs tenants.audit.read.' });
  await expect(audit).toContainText('can grant it');
});
