// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { PortalApi } from '../PortalApi';
import { expect, story } from '../story';

const TEMPLATE = '/create/templates/default/tenantry-create-tenant';
const TENANT = 'lyra';

/** A first start reads templates into the catalogue for some seconds. */
async function openTemplate(page: Page, persona: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${TEMPLATE}?persona=${persona}`);
    await expect(nameOf(page)).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
}

function nameOf(page: Page) {
  return page.getByRole('textbox', { name: /^Name/ });
}

async function fillWhoAndWhere(page: Page, owner: RegExp): Promise<void> {
  await nameOf(page).fill(TENANT);
  await expect(
    page.getByText('No tenant that you may see has this name.'),
  ).toBeVisible();
  await page.getByRole('textbox', { name: /Owner/ }).click();
  await page.getByRole('option', { name: owner }).click();
  await page.getByRole('button', { name: /Cluster/ }).click();
  await page.getByRole('option', { name: 'us-east' }).click();
}

/** By the keyboard: notices may lie over the buttons. */
async function go(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).press('Enter');
}

async function fillTheRest(page: Page): Promise<void> {
  await go(page, 'Next');
  await page.getByText('For daily work.').click();
  await go(page, 'Next');
  await page.getByText('PostgreSQL', { exact: true }).click();
}

story.describe.serial('a tenant from a template', () => {
  story(
    'a team lead orders it, sees what it will be, and watches it become healthy',
    async ({ page }) => {
      story.slow();
      await openTemplate(page, 'ada');
      await fillWhoAndWhere(page, /team-analytics|^Analytics/i);
      await fillTheRest(page);
      await expect(
        page.getByText(/Fits\. \d+ objects in 1 wave\./).first(),
      ).toBeVisible();
      await go(page, 'Review');
      await expect(page.getByRole('row', { name: /Cluster/ })).toContainText(
        'us-east',
      );
      await go(page, 'Create');
      const open = page.getByRole('button', { name: 'Open the tenant' });
      const link = page.getByRole('link', { name: 'Open the tenant' });
      await expect(open.or(link).first()).toBeVisible({ timeout: 90_000 });
      await page.goto(`/tenants/t/${TENANT}`);
      await expect(page.locator('[data-health="Healthy"]').first()).toBeVisible(
        { timeout: 60_000 },
      );
      await expect(page.getByText('us-east').first()).toBeVisible();
    },
  );

  story('its owner finds it in the search, once', async ({ page }) => {
    await expect(async () => {
      await page.goto(`/search?persona=ada&query=${TENANT}`);
      await expect(
        page.locator(`a[href="/tenants/t/${TENANT}"]`).first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 90_000 });
    await expect(
      page.locator(`a[href="/catalog/default/resource/${TENANT}"]`),
    ).toHaveCount(0);
  });

  story(
    'its entity page says whose it is, what it is part of, what it needs and where it is',
    async ({ page }) => {
      await expect(async () => {
        await page.goto(`/catalog/default/resource/${TENANT}?persona=ada`);
        await expect(
          page.getByRole('heading', { name: TENANT }).first(),
        ).toBeVisible({ timeout: 5_000 });
      }).toPass({ timeout: 60_000 });
      for (const [relation, name] of [
        ['ownedBy', 'Analytics'],
        ['partOf', 'platform'],
        ['dependsOn', 'PostgreSQL'],
        ['dependsOn', 'Cluster us-east'],
      ]) {
        const graph = page.locator('svg').filter({ hasText: TENANT });
        await expect(graph.getByText(relation).first()).toBeVisible();
        await expect(graph.getByText(name, { exact: true })).toBeVisible();
      }
      await expect(page.getByRole('link', { name: 'Open tenant' })).toHaveCount(
        1,
      );
      await page.getByRole('link', { name: 'Modules', exact: true }).click();
      await expect(page.getByRole('table', { name: 'Modules' })).toContainText(
        'postgres',
      );
    },
  );

  story('its owner is told that it is done', async ({ page }) => {
    await page.goto('/notifications?persona=ada');
    await expect(async () => {
      await page.reload();
      await expect(
        page.locator(`a[href="/tenants/t/${TENANT}"]`).first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
  });

  story('nobody of another team learns of it', async ({ page, request }) => {
    await page.goto(`/tenants/t/${TENANT}?persona=paul`);
    await expect(
      page.getByText(`There is no tenant ${TENANT}, or you may not see it.`),
    ).toBeVisible();
    const paul = await PortalApi.signIn(request, 'paul');
    for (const path of [
      `/api/tenants/v1/tenants/${TENANT}`,
      `/api/catalog/entities/by-name/resource/default/${TENANT}`,
    ]) {
      expect(await paul.statusOf(path), path).toBe(404);
    }
  });

  story(
    'somebody outside of the team is told why it is refused',
    async ({ page }) => {
      await openTemplate(page, 'mia');
      await nameOf(page).fill('vega');
      await page.getByRole('textbox', { name: /Owner/ }).click();
      await page
        .getByRole('option', { name: /team-analytics|^Analytics/i })
        .click();
      await page.getByRole('button', { name: /Cluster/ }).click();
      await page.getByRole('option', { name: 'us-east' }).click();
      await fillTheRest(page);
      await expect(
        page
          .getByText(/You are not among group:default\/team-analytics/)
          .first(),
      ).toBeVisible();
    },
  );
});
