// SPDX-License-Identifier: Apache-2.0
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { checkoutApi } from '../checkoutApi';
import { expect, story } from '../story';

const LOGS = '/tenants/t/payments-gateway/logs';
const SERIOUS = ['serious', 'critical'];
/** More than one user may have open. */
const MAX_STREAMS = 20;

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

story(
  'a JSON line is read at a glance, and whole when it is opened',
  async ({ page }) => {
    await openLogs(page, '&workload=payments-worker');
    await page.keyboard.press('Home');
    const line = page
      .getByTestId('log-line')
      .filter({ has: page.getByRole('button', { name: 'Show the fields' }) })
      .first();
    const text = line.locator('[data-text]');
    await expect(text).toHaveText(/^\w.* trace_id=\w+/);
    await line.getByRole('button', { name: 'Show the fields' }).click();
    const opened = page
      .getByTestId('log-line')
      .filter({ has: page.getByRole('button', { name: 'Hide the fields' }) });
    await expect(opened.locator('[data-text]').first()).toHaveText(/^\{".*\}$/);
    await expect(opened.getByText('trace_id', { exact: true })).toBeVisible();
  },
);

/** Tells the page that its tab was hidden, or is seen again. */
function setVisibility(page: Page, state: 'hidden' | 'visible') {
  return page.evaluate(wanted => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => wanted,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

story(
  'a tab that was hidden goes on where it was, and no line is lost',
  async ({ page }) => {
    await openLogs(page);
    await expect(status(page)).toHaveText('Following');
    await setVisibility(page, 'hidden');
    await expect(status(page)).toHaveText(/^Paused/);
    const again = page.waitForResponse(
      response =>
        /payments-gateway\/logs\?/.test(response.url()) &&
        new URL(response.url()).searchParams.has('after'),
    );
    await setVisibility(page, 'visible');
    expect((await again).status()).toBe(200);
    await expect(status(page)).toHaveText('Following');
    await page.getByRole('log').hover();
    await expect(async () => {
      await page.mouse.wheel(0, -60);
      await expect(page.getByText('Reconnected, 0 lines lost.')).toBeVisible({
        timeout: 1_000,
      });
    }).toPass();
  },
);

/** Seconds since midnight of a time such as `23:10:06.106`. */
function secondsOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}

story('lines are in the order of their times', async ({ page }) => {
  await openLogs(page);
  await page.keyboard.press('Home');
  await expect(status(page)).toHaveText(/^Paused/);
  const times = await page
    .getByTestId('log-line')
    .locator('span:first-child')
    .allTextContents();
  const written = times.filter(time => /^\d\d:/.test(time));
  expect(written.length).toBeGreaterThan(10);
  // The day is not written: a step back of half of one leads past midnight.
  const early = written.filter((time, at) => {
    const back = secondsOf(written[at - 1] ?? time) - secondsOf(time);
    return back > 0 && back < 12 * 3600;
  });
  expect(early).toEqual([]);
});

story.describe('on a telephone', () => {
  story.use({ viewport: { width: 360, height: 740 } });

  story('lines have room, and filters are one press away', async ({ page }) => {
    await openLogs(page);
    const box = await page.getByRole('log').boundingBox();
    expect(box?.height).toBeGreaterThan(200);
    const filters = page.getByRole('button', { name: /^Filters/ });
    const module = page.getByRole('button', { name: /^All modules/ });
    await expect(module).toBeHidden();
    await filters.click();
    await expect(module).toBeVisible();
    const width = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect(width).toBeLessThanOrEqual(360);
  });
});

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
  await euWest.setBehaviour(checkoutApi, { type: 'oom', afterSeconds: 5 });
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
  'who sees a tenant but may not read its logs is told which right is missing',
  async ({ page }) => {
    const asked: string[] = [];
    page.on('request', request => asked.push(request.url()));
    await page.goto(`${LOGS}?persona=hugo`);
    await expect(
      page.getByRole('heading', { name: 'payments-gateway' }).first(),
    ).toBeVisible();
    await expect(page.getByText('tenants.logs.read').first()).toBeVisible();
    await expect(page.getByTestId('log-line')).toHaveCount(0);
    expect(
      asked.filter(url => url.includes('/v1/tenants/payments-gateway/logs')),
    ).toEqual([]);
  },
);

story('a guest learns nothing of a tenant by its logs', async ({ page }) => {
  await page.goto(`${LOGS}?persona=guest`);
  await expect(page.getByText(/or you may not see it/).first()).toBeVisible();
  await expect(page.getByTestId('log-line')).toHaveCount(0);
});

story(
  'matches in lines that are not held are counted, and loaded',
  async ({ page }) => {
    // What the containers wrote when they started is older.
    await openLogs(page, '&since=900&q=%2F.%2F');
    const beyond = page.getByText(/ here, [\d,]+ more since .* UTC\./);
    await expect(beyond).toBeVisible({ timeout: 40_000 });
    const held = async () => {
      const text = await page.getByText(/ lines? held$/).textContent();
      return Number(text?.replace(/\D/g, ''));
    };
    const before = await held();
    await beyond.getByRole('button', { name: 'Load' }).click();
    await expect(page).toHaveURL(/from=/);
    await expect.poll(held).toBeGreaterThan(before);
    // All of them are here now: nothing more is offered.
    await expect(page.getByText(/ of [1-9]\d*$/)).toBeVisible();
    await expect(beyond).toHaveCount(0);
  },
);

story(
  'a browser that cannot highlight ranges marks matches all the same',
  async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(CSS, 'highlights'));
    await openLogs(page, '&q=GET');
    const line = page.getByTestId('log-line').filter({ hasText: 'GET' });
    await expect(line.first()).toBeVisible();
    await page.keyboard.press(' ');
    const mark = page.getByRole('log').locator('mark').first();
    await expect(mark).toBeVisible();
    await expect(async () => {
      const box = await mark.boundingBox();
      const rows = await line.evaluateAll(all =>
        all.map(row => row.getBoundingClientRect().top),
      );
      // A mark lies in a row that has the word.
      expect(rows.some(top => Math.abs(top - (box?.y ?? 0)) < 20)).toBe(true);
    }).toPass();
  },
);

story(
  'secrets are shown to those with the right, and it is recorded',
  async ({ page }) => {
    await page.goto(`${LOGS}?persona=pia`);
    await page.getByRole('button', { name: 'Show unmasked' }).click();
    await page.getByRole('button', { name: 'Show them' }).click();
    await expect(
      page.getByText('Secrets are shown, and it is recorded.'),
    ).toBeVisible();
    await expect(page.getByTestId('log-line').first()).toBeVisible();
    expect(page.url()).not.toContain('unmasked');
    await page.goto('/tenants/t/payments-gateway/audit?persona=pia');
    await expect(
      page
        .getByRole('table', { name: 'Audit' })
        .getByText(/unmasked/i)
        .first(),
    ).toBeVisible();
    await openLogs(page);
    await expect(
      page.getByRole('button', { name: 'Show unmasked' }),
    ).toHaveCount(0);
  },
);

story(
  'one tab takes the log of another over when there are too many',
  async ({ page, context, demo }) => {
    const asked = page.waitForRequest(/v1\/tenants\/payments-gateway\/logs\?/);
    await openLogs(page);
    const { authorization } = await (await asked).allHeaders();
    const url = `${demo.url}/api/tenants/v1/tenants/payments-gateway/logs?follow=true`;
    const commands = new AbortController();
    const { signal } = commands;
    // Commands of the same user take the places that are left. An answer that nobody holds is closed when memory is collected.
    const answers: Response[] = [];
    while (answers.at(-1)?.status !== 429) {
      expect(answers.length).toBeLessThan(MAX_STREAMS);
      answers.push(await fetch(url, { headers: { authorization }, signal }));
    }
    const second = await context.newPage();
    await second.goto(`${LOGS}?persona=paul`);
    await second.getByRole('button', { name: 'Take it over here' }).click();
    await expect(second.getByTestId('log-line').first()).toBeVisible();
    await expect(page.getByText('Another tab took this over.')).toBeVisible();
    await expect(page.getByTestId('log-line').first()).toBeVisible();
    expect(answers.at(0)?.bodyUsed).toBe(false);
    commands.abort();
    await second.close();
  },
);

story('an event leads to the logs of its pod', async ({ page }) => {
  await page.goto('/tenants/t/payments-gateway/events?persona=paul');
  const link = page.getByRole('link', { name: /^Logs of ledger-1$/ });
  await link.first().click();
  await expect(page).toHaveURL(/logs\?.*pod=ledger-1/);
  await expect(page.getByTestId('log-line').first()).toBeVisible();
});

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
