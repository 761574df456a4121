// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { runContest, type Round } from '../../contest';
import { tenantName } from '../../portal/tenantName';
import type { BenchmarkResult, Size } from '../../result';
import { startCluster } from '../../starting';
import { startDemoPortal } from './demoPortal';
import { countLongTasks, pageFigures } from './pageFigures';
import { launch, measurePage, type PageCost, type Watched } from './pageMeter';
import { MOVES_PER_SECOND, reorderList, type SetReady } from './reorderList';

const SIZES = {
  quick: { tenants: 1_000, watchMs: 6_000, rounds: 2 },
  full: { tenants: 1_000, watchMs: 15_000, rounds: 4 },
};
const PODS_PER_TENANT = 20;
const CHANGES_PER_SECOND = 50;
const TENANT = tenantName(0);
/** How often the tenant that is looked at changes besides: its share of all changes would be one in twenty seconds. */
const TOUCH_EVERY_MS = 200;
/** The catalogue hears of the tenants some seconds after the portal has started. */
const CATALOGUE_TIMEOUT_MS = 60_000;
const ASK_EVERY_MS = 8_000;
const KUBERNETES_TAB = `/catalog/default/resource/${TENANT}/kubernetes`;
const SHOWS_PODS = /pods? with errors/i;

/** Opens the Kubernetes tab until it shows pods. @throws Error with what it shows instead */
async function waitForEntity(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage();
  const until = Date.now() + CATALOGUE_TIMEOUT_MS;
  try {
    while (Date.now() < until) {
      await page.goto(`${url}${KUBERNETES_TAB}`);
      const found = await page
        .getByText(SHOWS_PODS)
        .first()
        .waitFor({ timeout: ASK_EVERY_MS })
        .then(() => true)
        .catch(() => false);
      if (found) return;
    }
    const text = await page.locator('body').innerText();
    throw new Error(
      `The Kubernetes tab of ${TENANT} shows no pods: ${text.slice(0, 500)}`,
    );
  } finally {
    await page.close();
  }
}

/** What each page cost, each time it was opened. */
type Costs = {
  readonly list: PageCost[];
  /** The list while its rows move. */
  readonly moved: PageCost[];
  readonly ours: PageCost[];
  readonly peer: PageCost[];
};

type Compared = {
  readonly browser: Browser;
  readonly url: string;
  readonly size: Size;
  readonly setReady: SetReady;
};

async function compare({ browser, url, size, setReady }: Compared) {
  const { watchMs, rounds } = SIZES[size];
  const costs: Costs = { list: [], moved: [], ours: [], peer: [] };
  const open = async (
    to: keyof Costs,
    page: Pick<Watched, 'shows' | 'meanwhile'> & { readonly path: string },
  ) => {
    const { path, ...watched } = page;
    const address = `${url}${path}`;
    const cost = await measurePage(browser, { address, watchMs, ...watched });
    costs[to].push(cost);
    return cost.shownMs;
  };
  const list = { path: '/tenants', shows: new RegExp(TENANT) };
  const tenant = `/tenants/t/${TENANT}/overview`;
  const results = await runContest({
    ours: async () => {
      await open('list', list);
      await open('moved', {
        ...list,
        meanwhile: page => reorderList(page, setReady, watchMs),
      });
      return open('ours', { path: tenant, shows: /What runs/ });
    },
    peer: () => open('peer', { path: KUBERNETES_TAB, shows: SHOWS_PODS }),
    rounds,
  });
  return { results, costs };
}

/** The rounds once more, of another figure. */
function roundsOf(
  { ours, peer }: Costs,
  read: (cost: PageCost) => number,
): Round[] {
  return ours.map((cost, at) => ({ ours: read(cost), peer: read(peer[at]) }));
}

/** Changes the tenant that is looked at until it is told to stop. */
function touchTenant(touch: (tenant: string) => Promise<unknown>): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const goOn = async () => {
    while (!signal.aborted) {
      await touch(TENANT);
      await sleep(TOUCH_EVERY_MS);
    }
  };
  // Its cluster ends before it does.
  goOn().catch(() => stopped.abort());
  return () => stopped.abort();
}

function resultOf(
  { results, costs }: Awaited<ReturnType<typeof compare>>,
  size: Size,
): BenchmarkResult {
  const { tenants, watchMs } = SIZES[size];
  const ofTenant = countLongTasks(costs.ours);
  const ofList = countLongTasks(costs.list);
  return {
    id: 'B13',
    title: 'Pages while much changes',
    peer: '@backstage/plugin-kubernetes',
    peerVersion: '0.12.23',
    unit: 'ms from the address to the tenant’s pods on the screen, with an empty cache',
    higherIsBetter: false,
    rounds: results,
    series: {
      'first contentful paint': roundsOf(costs, c => c.firstPaintMs),
      'bytes until shown': roundsOf(costs, c => c.bytes.all),
      'bytes of answers until shown': roundsOf(costs, c => c.bytes.answers),
    },
    counts: {
      longTasksByUpdates: ofTenant + ofList,
      longTasksByUpdatesOfTenant: ofTenant,
      longTasksByUpdatesOfList: ofList,
      longTasksByMoves: countLongTasks(costs.moved),
    },
    figures: {
      ...pageFigures('tenants', costs.list),
      ...pageFigures('tenants, rows move', costs.moved),
      ...pageFigures('tenant', costs.ours),
      ...pageFigures('Kubernetes tab', costs.peer),
    },
    note: `${tenants} tenants with ${PODS_PER_TENANT} pods each, ${CHANGES_PER_SECOND} changes a second of which each shows (restarts, by which nothing is ordered), and ${
      1000 / TOUCH_EVERY_MS
    } a second of the tenant that is open besides; where rows move, ${MOVES_PER_SECOND} tenants a second get another health besides, and in the end ten moves held back are sorted at once; headless Chromium on the machine of the portal. A long task takes more than 50 ms; those of updates begin 3 s after the data was shown, and are counted for ${
      watchMs / 1000
    } s each time a page is open; bytes “until then” hold those 3 s of live changes, too. The Kubernetes tab asks every 10 s and shows pods only. What of the scripts is ours is held below 250 kB by a browser story.`,
  };
}

/** Our pages in a browser while a large cluster changes, and the portal's own Kubernetes tab for the same tenant. */
export async function run(size: Size): Promise<BenchmarkResult> {
  const { cluster, address } = await startCluster({
    pods: SIZES[size].tenants * PODS_PER_TENANT,
  });
  const portal = await startDemoPortal(address);
  const browser = await launch();
  try {
    await waitForEntity(browser, portal.url);
    await cluster.call('startChurn', {
      perSecond: CHANGES_PER_SECOND,
      realEvery: 1,
    });
    const stop = touchTenant(tenant => cluster.call('touch', { tenant }));
    const compared = await compare({
      browser,
      url: portal.url,
      size,
      setReady: state => cluster.call('setReady', state),
    });
    stop();
    return resultOf(compared, size);
  } finally {
    await browser.close();
    await portal.stop();
    await cluster.stop();
  }
}
