// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { PortalApi } from '../PortalApi';
import { expect, story } from '../story';

const TENANT = 'hydra';
const ENVIRONMENT = 'production';
/** The catalogue takes a tenant in some seconds after it was made. */
const CATALOGUE_MS = 60_000;

async function followForm(page: Page, label: string): Promise<void> {
  await page.goto(`/tenants/t/${TENANT}?persona=ada`);
  await page
    .getByRole('region', { name: 'Members and links' })
    .getByRole('link', { name: label, exact: true })
    .click();
  await expect(page.getByRole('textbox', { name: /^Tenant/ })).toHaveValue(
    new RegExp(TENANT),
  );
}

async function goOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).press('Enter');
}

story.describe.serial('forms that open filled in', () => {
  story.beforeAll(async ({ playwright, demo }) => {
    const request = await playwright.request.newContext({ baseURL: demo.url });
    const ada = await PortalApi.signIn(request, 'ada');
    await ada.operate(TENANT, {
      type: 'apply',
      owner: 'group:default/team-analytics',
      environments: [
        {
          name: ENVIRONMENT,
          cluster: 'eu-west',
          tier: 'bronze',
          modules: [{ name: 'podinfo' }],
          members: [{ subject: 'group:default/team-analytics', role: 'admin' }],
        },
      ],
    });
    await expect
      .poll(
        () =>
          ada.statusOf(
            `/api/catalog/entities/by-name/resource/default/${TENANT}`,
          ),
        { timeout: CATALOGUE_MS },
      )
      .toBe(200);
    await request.dispose();
  });

  for (const { label, hasEnvironment } of [
    { label: 'Add a module', hasEnvironment: true },
    { label: 'Upgrade a module', hasEnvironment: true },
    { label: 'Change the tier', hasEnvironment: true },
    { label: 'Manage members', hasEnvironment: false },
    { label: 'Decommission', hasEnvironment: false },
  ]) {
    story(`"${label}" of a tenant knows the tenant`, async ({ page }) => {
      await followForm(page, label);
      if (hasEnvironment) {
        await expect(
          page.getByRole('button', { name: /Environment/ }),
        ).toContainText(ENVIRONMENT);
      }
    });
  }

  story('what is to be upgraded is what runs', async ({ page }) => {
    await followForm(page, 'Upgrade a module');
    await goOn(page);
    await expect(page.getByText('Podinfo', { exact: true })).toBeVisible();
    await expect(page.getByText('Superset', { exact: true })).toHaveCount(0);
  });

  story('a module is chosen in the form it leads to', async ({ page }) => {
    await page.goto('/tenants/modules/m/valkey/overview?persona=ada');
    await page.getByRole('link', { name: 'Add to a tenant' }).click();
    const tenant = page.getByRole('textbox', { name: /^Tenant/ });
    await tenant.fill(TENANT);
    await page.getByRole('option', { name: new RegExp(TENANT) }).click();
    await page.getByRole('button', { name: /Environment/ }).click();
    await page.getByRole('option', { name: ENVIRONMENT }).click();
    await goOn(page);
    await expect(page.getByRole('checkbox', { name: /Valkey/ })).toBeChecked();
    await expect(page.getByText(/Fits\. \d+ objects/).first()).toBeVisible();
  });
});
