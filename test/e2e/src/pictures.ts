// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { openSleepPlan } from './openSleepPlan';

const SHOWN_TIMEOUT_MS = 60_000;
const TENANT = 'payments-gateway';
/** A tenant that is ordered through the portal before the pictures are taken. */
export const ORDERED_TENANT = 'gallery';
const MODULE = 'airflow';
const TEMPLATE = '/create/templates/default/tenantry-create-tenant';

/** A picture of the guide: how to get to what it shows. */
export type Picture = {
  readonly name: string;
  readonly open: (page: Page) => Promise<void>;
};

async function shown(page: Page, text: string | RegExp): Promise<void> {
  await page
    .getByRole('main')
    .getByText(text)
    .first()
    .waitFor({ timeout: SHOWN_TIMEOUT_MS });
}

async function openTenants(page: Page): Promise<void> {
  await page.goto('/tenants');
  await page
    .getByTestId('tenants-table')
    .locator('[data-health="Degraded"]')
    .first()
    .waitFor({ timeout: SHOWN_TIMEOUT_MS });
}

async function openOverview(page: Page): Promise<void> {
  await page.goto(`/tenants/t/${TENANT}/overview`);
  await page
    .getByTestId('cause-card')
    .first()
    .waitFor({ timeout: SHOWN_TIMEOUT_MS });
  await shown(page, 'What runs');
}

async function openLogs(page: Page): Promise<void> {
  await page.goto(`/tenants/t/${TENANT}/logs`);
  await page.getByTestId('log-line').nth(20).waitFor();
}

async function openPlan(page: Page): Promise<void> {
  await page.goto(`/tenants/t/${ORDERED_TENANT}/overview`);
  await openSleepPlan(page, ORDERED_TENANT);
}

async function openOperation(page: Page): Promise<void> {
  await page.goto('/tenants/operations');
  await page
    .getByRole('table', { name: 'Operations' })
    .getByRole('link')
    .first()
    .click();
  await page
    .getByRole('dialog')
    .getByText(/Done in/)
    .first()
    .waitFor({ timeout: SHOWN_TIMEOUT_MS });
}

async function openTemplate(page: Page): Promise<void> {
  const next = page.getByRole('button', { name: 'Next', exact: true });
  await page.goto(TEMPLATE);
  await page.getByRole('textbox', { name: /^Name/ }).fill('lyra');
  await page.getByRole('textbox', { name: /Owner/ }).click();
  await page.getByRole('option', { name: /platform/i }).click();
  await page.getByRole('button', { name: /Cluster/ }).click();
  await page.getByRole('option', { name: 'us-east' }).click();
  await next.press('Enter');
  await page.getByText('For daily work.').click();
  await next.press('Enter');
  await page.getByText('PostgreSQL', { exact: true }).click();
  await page
    .getByText(/Fits\. \d+ objects/)
    .first()
    .waitFor({ timeout: SHOWN_TIMEOUT_MS });
  await page.getByText('up to date').first().waitFor();
}

/** The pictures of the README and of docs/tour.md. */
export const pictures: readonly Picture[] = [
  { name: 'tenants', open: openTenants },
  { name: 'tenant', open: openOverview },
  { name: 'logs', open: openLogs },
  {
    name: 'modules',
    open: async page => {
      await page.goto('/tenants/modules');
      await shown(page, 'PostgreSQL');
    },
  },
  {
    name: 'module',
    open: async page => {
      await page.goto(`/tenants/modules/m/${MODULE}/overview`);
      await shown(page, 'Needs and conflicts');
      await shown(page, /^Live/);
    },
  },
  { name: 'operation', open: openOperation },
  {
    name: 'platform',
    open: async page => {
      await page.goto('/tenants/platform');
      await shown(page, 'eu-west');
      await shown(page, 'Tenants with problems');
    },
  },
  { name: 'template', open: openTemplate },
  { name: 'plan', open: openPlan },
];
