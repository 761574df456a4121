// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import {
  findBarriers,
  findMuteMarks,
  findSidewaysScroll,
} from '../findBarriers';
import { findCutText, withTextSpacing } from '../findCutText';
import { expect, story } from '../story';
import { walkByKeyboard } from '../walkByKeyboard';

const STOPS = 15;
const HEIGHT = 800;
/** From the narrowest that WCAG 1.4.10 asks for, which is 1280 at 400 %, to 4K. */
const WIDTHS = [320, 3840, 1280];
/** What is left of 1280 at 200 %. */
const ZOOMED_WIDTH = 640;
const LAYOUT_TIMEOUT_MS = 3_000;

/** The tabs of a page, as the page itself offers them: a new one is walked by itself. */
async function tabsOf(page: Page, address: string): Promise<string[]> {
  await page.goto(`${address}?persona=pia`);
  const tabs = page.getByRole('tab');
  await expect(tabs.nth(1)).toBeVisible();
  const hrefs = await tabs.evaluateAll(all =>
    all.map(tab => tab.getAttribute('href') ?? ''),
  );
  return hrefs.filter(href => href.startsWith('/tenants'));
}

/** Whether our colours are in the bundle: without them marks and edges are there and say nothing. */
async function checkTokens(page: Page): Promise<void> {
  const ink = await page.evaluate(() =>
    getComputedStyle(document.body).getPropertyValue('--tenantry-neg-ink'),
  );
  expect(ink).not.toBe('');
}

/** Waits until the page shows what it has to show. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator('h1')).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(
    page.getByRole('main').getByRole('status', { name: 'Loading…' }),
  ).toHaveCount(0);
  // A table that waits for its rows is faded by the framework.
  await expect(page.locator('[data-ispending="true"]')).toHaveCount(0);
}

/** The portal draws everything anew in the other colours. */
async function paint(page: Page, colorScheme: 'dark' | 'light') {
  await page.emulateMedia({ colorScheme });
  await expect(
    page.locator(`[data-theme-mode="${colorScheme}"]`).first(),
  ).toBeAttached();
  await settle(page);
}

async function checkWidth(page: Page, width: number, how = ''): Promise<void> {
  await page.setViewportSize({ width, height: HEIGHT });
  // The portal lays its frame out anew some moments after the window has changed.
  await expect
    .configure({ soft: true })
    .poll(() => findSidewaysScroll(page), {
      message: `sticks out at ${width} px${how}`,
      timeout: LAYOUT_TIMEOUT_MS,
    })
    .toEqual([]);
}

async function checkPage(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await paint(page, colorScheme);
    const coloursOnly = colorScheme === 'dark';
    expect
      .soft(await findBarriers(page, { coloursOnly }), colorScheme)
      .toEqual([]);
  }
  await expect(page.getByRole('navigation').first()).toBeAttached();
  expect.soft(await findMuteMarks(page), 'marks without words').toEqual([]);
  const stops = await walkByKeyboard(page, STOPS);
  expect.soft(stops.length, 'stops of the keyboard').toBeGreaterThan(0);
  const unseen = stops.filter(stop => !stop.visible);
  expect.soft(unseen, 'focus that cannot be seen').toEqual([]);
  await withTextSpacing(page, async () => {
    await checkWidth(page, ZOOMED_WIDTH, ' with wider text');
    expect.soft(await findCutText(page), 'cut with wider text').toEqual([]);
  });
  for (const width of WIDTHS) await checkWidth(page, width);
}

async function walk(page: Page, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await story.step(address, async () => {
      await page.goto(address);
      await checkPage(page);
    });
  }
}

/** Pages with tabs, and in how many stories their tabs are walked: two run at a time. */
const PAGES = [
  { address: '/tenants', stories: 1 },
  { address: '/tenants/t/analytics-core/overview', stories: 3 },
  { address: '/tenants/modules/m/airflow/overview', stories: 1 },
];

for (const { address, stories } of PAGES) {
  for (let part = 0; part < stories; part += 1) {
    const which = stories > 1 ? ` (${part + 1} of ${stories})` : '';
    story(
      `everybody can use ${address} and its tabs${which}`,
      async ({ page }) => {
        story.slow();
        const tabs = await tabsOf(page, address);
        expect(tabs.length).toBeGreaterThan(3);
        await checkTokens(page);
        await walk(
          page,
          tabs.filter((_, at) => at % stories === part),
        );
      },
    );
  }
}
