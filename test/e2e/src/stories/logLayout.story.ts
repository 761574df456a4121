// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { expect, story } from '../story';

const LOGS = '/tenants/t/payments-gateway/logs';
/** Of the 800 px of the window. */
const MIN_ROWS = 20;
const MAX_BAR_PX = 40;
const MAX_CHART_PX = 56;

async function openLogs(page: Page, query = ''): Promise<void> {
  await page.goto(`${LOGS}?persona=pia${query}`);
  await expect(page.getByTestId('log-line').first()).toBeVisible();
}

/** Rows that are seen whole, and how much of the first is hidden. */
function seenRows(page: Page) {
  return page.getByRole('log').evaluate(log => {
    const frame = log.getBoundingClientRect();
    const rows = [...log.querySelectorAll('[data-place]')]
      .map(row => row.getBoundingClientRect())
      .filter(row => row.bottom > frame.top + 1 && row.top < frame.bottom - 1);
    return {
      whole: rows.filter(
        row => row.top >= frame.top - 1 && row.bottom <= frame.bottom + 1,
      ).length,
      cut: Math.max(0, frame.top - Math.min(...rows.map(row => row.top))),
      spare: frame.bottom - Math.max(...rows.map(row => row.bottom)),
    };
  });
}

async function heightOf(page: Page, name: 'search' | 'chart'): Promise<number> {
  const part =
    name === 'chart'
      ? page.getByRole('region', { name: 'Lines over time' })
      : page.locator('[data-search]');
  return (await part.boundingBox())?.height ?? 0;
}

story('the lines have the room of the page', async ({ page }) => {
  await openLogs(page);
  await expect(
    page.getByRole('region', { name: 'Lines over time' }),
  ).toBeVisible();
  await expect
    .poll(async () => (await seenRows(page)).whole)
    .toBeGreaterThanOrEqual(MIN_ROWS);
  expect(await heightOf(page, 'search')).toBeLessThanOrEqual(MAX_BAR_PX);
  expect(await heightOf(page, 'chart')).toBeLessThanOrEqual(MAX_CHART_PX);
  const { scrollHeight, clientHeight } = await page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    const { scrollHeight: all, clientHeight: seen } = root;
    return { scrollHeight: all, clientHeight: seen };
  });
  expect(scrollHeight).toBeLessThanOrEqual(clientHeight);
});

story(
  'while lines are followed, each of them is seen whole',
  async ({ page }) => {
    await openLogs(page);
    for (const height of [800, 807, 813, 796]) {
      await page.setViewportSize({ width: 1280, height });
      await expect
        .poll(async () => {
          const { cut, spare } = await seenRows(page);
          return Math.max(cut, Math.abs(spare));
        })
        .toBeLessThanOrEqual(1);
    }
  },
);

story('a search takes no row of its own', async ({ page }) => {
  await openLogs(page, '&q=GET');
  await expect(page.getByText(/ of [1-9]\d*$/)).toBeVisible();
  expect(await heightOf(page, 'search')).toBeLessThanOrEqual(MAX_BAR_PX);
  const only = page.getByRole('button', { name: 'Only matching lines' });
  await only.click();
  await expect(page).toHaveURL(/mode=filter/);
  await expect(only).toHaveAttribute('aria-pressed', 'true');
  await expect(
    page.getByRole('button', { name: /^… \d+ lines?$/ }).first(),
  ).toBeVisible();
});

story(
  'pods without room in the legend are one press away',
  async ({ page }) => {
    await openLogs(page);
    const legend = page.getByRole('list', { name: 'Pods' });
    const more = legend.getByRole('button', { name: /^\+\d+ pods?$/ });
    const items = legend.getByRole('button', { name: /\d$/ });
    await expect(more).toBeVisible();
    const shown = await items.count();
    const away = Number((await more.textContent())?.match(/\d+/)?.[0]);
    await more.click();
    await expect(items).toHaveCount(shown + away);
    await legend.getByRole('button', { name: 'Fewer' }).click();
    await expect(more).toBeVisible();
  },
);

story('how lines are written is chosen by icons', async ({ page }) => {
  await openLogs(page);
  await page.getByRole('button', { name: 'Times: UTC' }).click();
  await page.getByRole('menuitemradio', { name: 'Ago' }).click();
  await expect(page.getByRole('log').getByText(/ago$/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Times: Ago' }).click();
  await page.getByRole('menuitemradio', { name: 'UTC' }).click();
  const wrap = page.getByRole('button', { name: 'Wrap lines' });
  await wrap.hover();
  await expect(page.getByRole('tooltip', { name: 'Wrap lines' })).toBeVisible();
  await wrap.click();
  await expect(wrap).toHaveAttribute('aria-pressed', 'true');
  await wrap.click();
  await page.getByRole('button', { name: 'Download' }).click();
  await expect(
    page.getByRole('menuitem', { name: 'Shown lines, text' }),
  ).toBeVisible();
});

story('the log before a crash is one of the ranges', async ({ page }) => {
  await openLogs(page, '&since=900');
  await page.getByRole('button', { name: /^Last 15 min/ }).click();
  await page.getByRole('option', { name: 'Before the last crash' }).click();
  await expect(page).toHaveURL(/previous=1/);
  await expect(page).not.toHaveURL(/since=/);
});

story.describe('on a telephone', () => {
  story.use({ viewport: { width: 360, height: 740 } });

  story('the search opens over the controls', async ({ page }) => {
    await openLogs(page);
    const field = page.getByRole('searchbox', { name: 'Search in the lines' });
    await expect(field).toBeHidden();
    await page
      .getByRole('button', { name: 'Search', exact: true })
      .last()
      .click();
    await expect(field).toBeFocused();
    await field.fill('GET');
    await expect(page.getByText(/ of [1-9]\d*$/)).toBeVisible();
    expect(await heightOf(page, 'search')).toBeLessThanOrEqual(MAX_BAR_PX);
    await page.getByRole('button', { name: 'Close the search' }).click();
    await expect(page.getByRole('button', { name: /^Filters/ })).toBeVisible();
  });
});
