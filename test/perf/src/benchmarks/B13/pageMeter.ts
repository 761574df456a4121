// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const VIEWPORT = { width: 1280, height: 800 };
const SHOWN_TIMEOUT_MS = 90_000;
const SIGN_IN_TIMEOUT_MS = 60_000;

declare global {
  interface Window {
    longTasks: { readonly startTime: number; readonly duration: number }[];
  }
}

/** What one page cost. */
export type PageCost = {
  readonly firstPaintMs: number;
  /** Until what was looked for was on the screen. */
  readonly shownMs: number;
  readonly bytes: number;
  /** Bytes that came after that. */
  readonly laterBytes: number;
  /** Tasks of more than 50 ms until it was shown, and after. */
  readonly longTasksBefore: number;
  readonly longTasksAfter: number;
  readonly longestAfterMs: number;
};

/** What to open, when it counts as shown, and how long to watch it. */
export type Watched = {
  readonly address: string;
  /** A text that only the page with its data has. */
  readonly shows: RegExp;
  readonly watchMs: number;
};

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath:
      process.env.CHROMIUM ??
      (existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function openMetered(browser: Browser) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries()) {
        window.longTasks.push({ startTime, duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.dataReceived', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return { page, received: () => bytes };
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  );
}

/** Opens a page with an empty cache, waits until it shows its data, and watches it while the cluster goes on changing. */
export async function measurePage(
  browser: Browser,
  { address, shows, watchMs }: Watched,
): Promise<PageCost> {
  const { page, received } = await openMetered(browser);
  try {
    await page.goto(address, { timeout: SIGN_IN_TIMEOUT_MS });
    await page.getByText(shows).first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    const shownMs = await page.evaluate(() => performance.now());
    // What was still under way when the data came is not an update.
    await page.waitForTimeout(3_000);
    const from = await page.evaluate(() => performance.now());
    const bytes = received();
    await page.waitForTimeout(watchMs);
    const tasks = await page.evaluate(() => window.longTasks);
    const after = tasks.filter(task => task.startTime >= from);
    return {
      firstPaintMs: await firstPaint(page),
      shownMs,
      bytes,
      laterBytes: received() - bytes,
      longTasksBefore: tasks.length - after.length,
      longTasksAfter: after.length,
      longestAfterMs: Math.max(0, ...after.map(task => task.duration)),
    };
  } finally {
    await page.close();
  }
}
