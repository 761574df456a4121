// SPDX-License-Identifier: Apache-2.0
import type { Browser } from 'playwright-core';
import { runContest } from '../../contest';
import { tenantName } from '../../portal/tenantName';
import type { BenchmarkResult, Size } from '../../result';
import { startCluster } from '../../starting';
import { startDemoPortal } from './demoPortal';
import { launch, measurePage, type PageCost } from './pageMeter';

const SIZES = {
  quick: { tenants: 1_000, watchMs: 6_000, rounds: 1 },
  full: { tenants: 1_000, watchMs: 15_000, rounds: 3 },
};
const PODS_PER_TENANT = 20;
const CHANGES_PER_SECOND = 50;
const TENANT = tenantName(0);
/** The catalogue hears of the tenants some seconds after the portal has started. */
const CATALOGUE_TIMEOUT_MS = 60_000;
const ASK_EVERY_MS = 500;

async function waitForEntity(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  const until = Date.now() + CATALOGUE_TIMEOUT_MS;
  const address = `${url}/catalog/default/resource/${TENANT}`;
  try {
    while (Date.now() < until) {
      await page.goto(address);
      const found = await page
        .getByRole('tab', { name: 'Kubernetes' })
        .or(page.getByRole('link', { name: 'Kubernetes' }))
        .first()
        .waitFor({ timeout: ASK_EVERY_MS * 10 })
        .then(() => true)
        .catch(() => false);
      if (found) return;
      await page.waitForTimeout(ASK_EVERY_MS);
    }
    throw new Error(`The catalogue does not hold ${TENANT}.`);
  } finally {
    await page.close();
  }
}

function figuresOf(name: string, cost: PageCost): Record<string, number> {
  return {
    [`${name}: first paint, ms`]: cost.firstPaintMs,
    [`${name}: data shown, ms`]: cost.shownMs,
    [`${name}: kB until then`]: cost.bytes / 1000,
    [`${name}: kB while watched`]: cost.laterBytes / 1000,
    [`${name}: long tasks while it opened`]: cost.longTasksBefore,
    [`${name}: long tasks while watched`]: cost.longTasksAfter,
    [`${name}: longest of these, ms`]: cost.longestAfterMs,
  };
}

async function compare(browser: Browser, url: string, size: Size) {
  const { watchMs, rounds } = SIZES[size];
  const last: { ours?: PageCost; peer?: PageCost } = {};
  let byUpdates = 0;
  const results = await runContest({
    ours: async () => {
      const address = `${url}/tenants/t/${TENANT}/overview`;
      last.ours = await measurePage(browser, {
        address,
        shows: /What runs/,
        watchMs,
      });
      byUpdates += last.ours.longTasksAfter;
      return last.ours.shownMs;
    },
    peer: async () => {
      const address = `${url}/catalog/default/resource/${TENANT}/kubernetes`;
      last.peer = await measurePage(browser, {
        address,
        shows: /pods? with errors/i,
        watchMs,
      });
      return last.peer.shownMs;
    },
    rounds,
  });
  return { results, last, byUpdates };
}

/** Our pages in a browser while a large cluster changes, and the portal's own Kubernetes tab for the same tenant. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { tenants, watchMs } = SIZES[size];
  const { cluster, address } = await startCluster({
    pods: tenants * PODS_PER_TENANT,
  });
  const portal = await startDemoPortal(address);
  const browser = await launch();
  try {
    await waitForEntity(browser, portal.url);
    await cluster.call('startChurn', {
      perSecond: CHANGES_PER_SECOND,
      realEvery: 1,
    });
    const list = await measurePage(browser, {
      address: `${portal.url}/tenants`,
      shows: new RegExp(`${tenants.toLocaleString('en')} tenants|${TENANT}`),
      watchMs,
    });
    const { results, last, byUpdates } = await compare(
      browser,
      portal.url,
      size,
    );
    return {
      id: 'B13',
      title: 'Pages while much changes',
      peer: '@backstage/plugin-kubernetes',
      peerVersion: '0.12.23',
      unit: 'ms from the address to the tenant’s pods on the screen, with an empty cache',
      higherIsBetter: false,
      rounds: results,
      counts: {
        longTasksByUpdates: byUpdates + list.longTasksAfter,
        longTasksByUpdatesOfTenant: byUpdates,
        longTasksByUpdatesOfList: list.longTasksAfter,
      },
      figures: {
        ...figuresOf('tenants', list),
        ...(last.ours ? figuresOf('tenant', last.ours) : {}),
        ...(last.peer ? figuresOf('Kubernetes tab', last.peer) : {}),
      },
      note: `${tenants} tenants with ${PODS_PER_TENANT} pods each, ${CHANGES_PER_SECOND} changes a second of which each shows; headless Chromium on the machine of the portal. A long task takes more than 50 ms; those of updates begin 3 s after the data was shown, and are counted for ${
        watchMs / 1000
      } s. The Kubernetes tab asks every 10 s and shows pods only.`,
    };
  } finally {
    await browser.close();
    await portal.stop();
    await cluster.stop();
  }
}
