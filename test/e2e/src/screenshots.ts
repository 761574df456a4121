// SPDX-License-Identifier: Apache-2.0
// Draws the pictures in docs/images from the running demo: `yarn workspace @tenantry/test-e2e screenshots [names]`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';
import config from '../playwright.config';
import { checkoutApi } from './checkoutApi';
import { startDemo, type Demo } from './Demo';
import { orderPodinfo } from './orderPodinfo';
import { ORDERED_TENANT, pictures, type Picture } from './pictures';
import { PortalApi } from './PortalApi';
import { Simulator } from './Simulator';

const PERSONA = 'pia';
const VIEWPORT = { width: 1280, height: 800 };
const IMAGES = join(__dirname, '../../../docs/images');

/** All pictures, or those named on the command line. */
function chosen(): readonly Picture[] {
  const names = process.argv.slice(2);
  return names.length === 0
    ? pictures
    : pictures.filter(({ name }) => names.includes(name));
}

async function draw(page: Page, picture: Picture, scheme: string) {
  const file = `${picture.name}-${scheme}.png`;
  await picture.open(page);
  await page.screenshot({
    path: join(IMAGES, file),
    animations: 'disabled',
  });
  process.stdout.write(`${file}\n`);
}

/** Something to look at under Operations. */
async function orderTenant(context: BrowserContext): Promise<void> {
  const portal = await PortalApi.signIn(context.request, PERSONA);
  await orderPodinfo(portal, ORDERED_TENANT);
}

async function drawAll(browser: Browser, demo: Pick<Demo, 'url'>) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      baseURL: demo.url,
      viewport: VIEWPORT,
      colorScheme,
    });
    const page = await context.newPage();
    await page.goto(`/tenants?persona=${PERSONA}`);
    // Only whoever sees every tenant sees this one and another team's.
    await page.getByRole('rowheader', { name: 'fraud-scoring' }).waitFor();
    if (colorScheme === 'light') await orderTenant(context);
    for (const picture of chosen()) await draw(page, picture, colorScheme);
    await context.close();
  }
}

async function main(): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  const demo = await startDemo();
  const browser = await chromium.launch(config.use?.launchOptions);
  try {
    const [cluster] = demo.clusters;
    const simulator = new Simulator(cluster);
    await simulator.setBehaviour(checkoutApi, { type: 'oom' });
    await drawAll(browser, demo);
  } finally {
    await browser.close();
    await demo.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
