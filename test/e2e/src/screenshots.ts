// SPDX-License-Identifier: Apache-2.0
// Draws the pictures in docs/images from the running demo: `yarn workspace @tenantry/test-e2e screenshots`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import config from '../playwright.config';
import { checkoutApi } from './checkoutApi';
import { startDemo } from './Demo';
import { Simulator } from './Simulator';

const IMAGES = join(__dirname, '../../../docs/images');

async function draw(page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: join(IMAGES, `${name}.png`),
    animations: 'disabled',
  });
  process.stdout.write(`${name}.png\n`);
}

async function drawPages(page: Page, url: string, scheme: string) {
  await page.goto(`${url}/tenants?persona=pia`);
  const row = page
    .getByTestId('tenants-table')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: /payments-gateway/ }) });
  await row
    .locator('[data-health="Degraded"]')
    .first()
    .waitFor({ timeout: 60_000 });
  await draw(page, `tenants-${scheme}`);
  await row.getByRole('rowheader').click();
  const cause = page.getByTestId('cause-card').first();
  await cause.waitFor({ timeout: 60_000 });
  await draw(page, `tenant-${scheme}`);
  await cause.getByRole('link', { name: /log/i }).first().click();
  await page.getByTestId('log-line').first().waitFor();
  await draw(page, `logs-${scheme}`);
}

async function main(): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  const demo = await startDemo();
  const browser = await chromium.launch(config.use?.launchOptions);
  try {
    const [cluster] = demo.clusters;
    const simulator = new Simulator(cluster);
    await simulator.setBehaviour(checkoutApi, { type: 'oom' });
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        colorScheme,
      });
      await drawPages(await context.newPage(), demo.url, colorScheme);
      await context.close();
    }
  } finally {
    await browser.close();
    await demo.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
