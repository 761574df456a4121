// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../run.mjs';

// That of the browser stories.
const { chromium } = createRequire(join(root, 'test', 'e2e', 'package.json'))(
  '@playwright/test',
);

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const PAGE_TIMEOUT_MS = 45_000;
/** A tenant of the simulated cluster. */
const TENANT = 'checkout';
/** What a page says that could not be drawn. */
const BROKEN =
  /Looks like someone dropped the mic|Something went wrong|Error:|Failed to load|Unexpected Application Error/;

/** Pages, each with something on it that only we draw. */
const pages = [
  {
    path: '/tenants',
    shows: 'its heading',
    find: page => page.getByRole('heading', { name: 'Tenants', level: 1 }),
  },
  {
    path: '/tenants',
    shows: 'a tenant',
    find: page => page.getByRole('row', { name: new RegExp(TENANT) }),
  },
  {
    path: `/tenants/t/${TENANT}/overview`,
    shows: 'the tenant',
    find: page => page.getByRole('heading', { name: TENANT, level: 1 }),
  },
  {
    path: `/tenants/t/${TENANT}/logs`,
    shows: 'lines',
    find: page => page.getByTestId('log-line').first(),
  },
  {
    path: '/tenants/modules',
    shows: 'the module',
    find: page => page.getByRole('link', { name: /Hello/ }).first(),
  },
  {
    path: '/tenants/platform',
    shows: 'figures',
    find: page => page.getByText('Tenants by health').first(),
  },
  {
    path: `/catalog/default/resource/${TENANT}`,
    shows: 'the card',
    find: page => page.getByRole('link', { name: 'Open tenant' }).first(),
  },
  {
    path: `/catalog/default/resource/${TENANT}/tenant`,
    shows: 'a module',
    find: page => page.getByText('storefront').first(),
  },
  {
    path: '/create/templates/default/tenantry-create-tenant',
    shows: 'its form',
    find: page => page.getByLabel(/^Name/).first(),
  },
];

/** Opens a browser for as long as `use` takes. */
export async function browse(use) {
  const browser = await chromium.launch({
    executablePath:
      process.env.CHROMIUM ??
      (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}

/** What is asked of the portal in a browser, signed in as its guest. */
export function pageQuestions(browser, url) {
  return pages.map(({ path, shows, find }) => [
    `${path} shows ${shows}`,
    () => lookAt(browser, `${url}${path}`, find),
  ]);
}

async function lookAt(browser, address, find) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const thrown = [];
  page.on('pageerror', error => thrown.push(error.message));
  try {
    await page.goto(address);
    const enter = page.getByRole('button', { name: 'Enter' });
    const ours = find(page);
    await enter.or(ours).first().waitFor({ timeout: PAGE_TIMEOUT_MS });
    if (await enter.isVisible()) await enter.click();
    await ours.waitFor({ timeout: PAGE_TIMEOUT_MS });
    const text = await page.locator('body').innerText();
    const complaint = BROKEN.exec(text)?.[0] ?? thrown[0];
    if (complaint) throw new Error(`the page says: ${complaint}`);
  } catch (error) {
    const text = await page
      .locator('body')
      .innerText()
      .catch(() => '');
    const shown = text.replace(/\s+/g, ' ').slice(0, 300);
    throw new Error(`${error.message.split('\n')[0]}; shown: ${shown}`);
  } finally {
    await context.close();
  }
}
