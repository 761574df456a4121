// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import {
  chromium,
  type Browser,
  type CDPSession,
  type Page,
} from 'playwright-core';
import { watchTasks } from './busyTasks';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const VIEWPORT = { width: 1280, height: 800 };
const SHOWN_TIMEOUT_MS = 90_000;
const SIGN_IN_TIMEOUT_MS = 60_000;
/** What is still under way when the data has come is not an update. */
const SETTLE_MS = 3_000;
/** What the browser calls a long task: whatever a person does meanwhile has to wait. */
const LONG_MS = 50;

declare global {
  interface Window {
    longTasks: { readonly startTime: number; readonly duration: number }[];
  }
}

/** Bytes as sent, by what they are. */
type Bytes = { all: number; scripts: number; answers: number };

/** What one page cost. */
export type PageCost = {
  /** First contentful paint. */
  readonly firstPaintMs: number;
  /** Until what was looked for was on the screen. */
  readonly shownMs: number;
  readonly bytes: Bytes;
  /** Bytes that came after that. */
  readonly laterBytes: number;
  /** Tasks of more than 50 ms until it was shown, and after. */
  readonly longTasksBefore: number;
  readonly longTasksAfter: number;
  readonly longestAfterMs: number;
  /** The same by the CPU time of the page's main thread. */
  readonly longCpuAfter: number;
  readonly longestCpuMs: number;
  /** Work of the page's main thread while it was watched, per second. */
  readonly busyMsPerSecond: number;
};

/** What to open, when it counts as shown, and how long to watch it. */
export type Watched = {
  readonly address: string;
  /** A text that only the page with its data has. */
  readonly shows: RegExp;
  readonly watchMs: number;
  /** What is done while it is watched; left out, nothing: a reader looks at it. */
  readonly meanwhile?: (page: Page) => Promise<void>;
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

/** Counts what the page receives, while it goes on. */
async function countBytes(session: CDPSession): Promise<Bytes> {
  const bytes: Bytes = { all: 0, scripts: 0, answers: 0 };
  const kinds = new Map<string, 'scripts' | 'answers'>();
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') kinds.set(requestId, 'scripts');
    else if (response.url.includes('/api/')) kinds.set(requestId, 'answers');
  });
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    const kind = kinds.get(requestId);
    if (kind) bytes[kind] += encodedDataLength;
  });
  await session.send('Network.enable');
  return bytes;
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
  await session.send('Performance.enable');
  return { page, session, bytes: await countBytes(session) };
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const [found] = metrics.filter(({ name }) => name === 'TaskDuration');
  return (found?.value ?? 0) * 1000;
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
  { address, shows, watchMs, meanwhile }: Watched,
): Promise<PageCost> {
  const { page, session, bytes } = await openMetered(browser);
  try {
    await page.goto(address, { timeout: SIGN_IN_TIMEOUT_MS });
    await page.getByText(shows).first().waitFor({ timeout: SHOWN_TIMEOUT_MS });
    const shownMs = await page.evaluate(() => performance.now());
    await page.waitForTimeout(SETTLE_MS);
    const from = await page.evaluate(() => performance.now());
    const then = { ...bytes };
    const busyBefore = await taskMs(session);
    const cpuTimes = await watchTasks(browser, page, async () => {
      await Promise.all([page.waitForTimeout(watchMs), meanwhile?.(page)]);
    });
    const busyMs = (await taskMs(session)) - busyBefore;
    const tasks = await page.evaluate(() => window.longTasks);
    const after = tasks.filter(task => task.startTime >= from);
    return {
      firstPaintMs: await firstPaint(page),
      shownMs,
      bytes: then,
      laterBytes: bytes.all - then.all,
      longTasksBefore: tasks.length - after.length,
      longTasksAfter: after.length,
      longestAfterMs: Math.max(0, ...after.map(task => task.duration)),
      longCpuAfter: cpuTimes.filter(ms => ms > LONG_MS).length,
      longestCpuMs: cpuTimes.reduce((a, b) => Math.max(a, b), 0),
      busyMsPerSecond: (busyMs / watchMs) * 1000,
    };
  } finally {
    await page.close();
  }
}
