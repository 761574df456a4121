// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { checkoutApi } from '../checkoutApi';
import { expect, story } from '../story';

const LOGS = '/tenants/t/payments-gateway/logs';
const SERIOUS = ['serious', 'critical'];

async function openLogs(page: Page, query = ''): Promise<void> {
  await page.goto(`${LOGS}?persona=paul${query}`);
  await expect(page.getByTestId('log-line').first()).toBeVisible();
}

function status(page: Page) {
  return page.locator('[data-log-state]');
}

story(
  'lines are followed, and nothing moves while one reads',
  async ({ page }) => {
    await openLogs(page);
    await expect(status(page)).toHaveText('Following');
    const log = page.getByRole('log');
    await log.hover();
    await page.mouse.wheel(0, -400);
    await expect(status(page)).toHaveText(/^Paused/);
    const first = await page.getByTestId('log-line').nth(15).textContent();
    await expect(page.getByRole('button', { name: /new line/ })).toBeVisible({
      timeout: 60_000,
    });
    expect(await page.getByTestId('log-line').nth(15).textContent()).toBe(
      first,
    );
    await page.keyboard.press('End');
    await expect(status(page)).toHaveText('Following');
    expect(await page.locator('[data-place]').count()).toBeLessThanOrEqual(300);
  },
);

story(
  'a search marks, filters, and says what is wrong with it',
  async ({ page }) => {
    await openLogs(page);
    await page.keyboard.press('/');
    const field = page.getByRole('searchbox', { name: 'Search in the lines' });
    await expect(field).toBeFocused();
    await field.fill('/(GET|POST) /');
    await expect(page.getByText(/ of [1-9]\d*$/)).toBeVisible();
    await page.getByRole('button', { name: 'Next match' }).click();
    await expect(status(page)).toHaveText(/^Paused/);
    await page.goto(`${LOGS}?persona=paul&q=%2F(%2F`);
    await expect(page.getByRole('alert')).toContainText('Not a pattern');
  },
);

story('a link leads back to its line', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLogs(page);
  const line = page.getByTestId('log-line').nth(12);
  await line.click();
  const chosen = page.locator('[data-current="true"][data-testid="log-line"]');
  const text = await chosen.locator('[data-text]').textContent();
  await page.keyboard.press('y');
  await expect(page.getByText('Link copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).searchParams.get('line')).toBeTruthy();
  await page.goto(link);
  await expect(chosen.locator('[data-text]')).toHaveText(text ?? '');
  await expect(status(page)).not.toHaveText('Following');
});

story('the log before a crash is one click away', async ({ page, euWest }) => {
  await euWest.setBehaviour(checkoutApi, { type: 'oom' });
  await openLogs(page, '&workload=checkout-api');
  const before = page.getByRole('button', { name: 'Show log before this' });
  await expect(before.first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/OOMKilled, exit code 137/).first()).toBeVisible({
    timeout: 30_000,
  });
  await before.first().click();
  await expect(page).toHaveURL(/previous=1/);
  await expect(page.getByTestId('log-line').first()).toBeVisible();
  await euWest.setBehaviour(checkoutApi, { type: 'healthy' });
});

story(
  'who may not read the logs is told which right is missing',
  async ({ page }) => {
    await page.goto('/tenants/t/payments-gateway/logs?persona=guest');
    await expect(
      page
        .getByText('tenants.logs.read')
        .or(page.getByText(/or you may not see it/))
        .first(),
    ).toBeVisible();
    await expect(page.getByTestId('log-line')).toHaveCount(0);
  },
);

for (const colorScheme of ['light', 'dark'] as const) {
  story.describe(colorScheme, () => {
    story.use({ colorScheme });

    story('the logs page has no serious barrier', async ({ page }) => {
      await openLogs(page);
      await page.keyboard.press(' ');
      const { violations } = await new AxeBuilder({ page })
        .include('main')
        .analyze();
      expect(
        violations
          .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
          .map(({ id, nodes }) => ({ id, at: nodes.map(node => node.html) })),
      ).toEqual([]);
    });
  });
}
