// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { PortalApi } from '../PortalApi';
import { expect, story } from '../story';

const TENANT = 'atlas';
const TENANT_PAGE = `/tenants/t/${TENANT}`;
/** The logs come last: who leaves them must take nothing from the page that is opened next. */
const TABS = ['overview', 'modules', 'workloads', 'quota', 'logs'];

function environment(name: string, cluster: string) {
  const member = { subject: 'group:default/team-analytics', role: 'admin' };
  const modules = [{ name: 'podinfo' }];
  return { name, cluster, tier: 'bronze', modules, members: [member] };
}

/** What stands below a page’s name says where it is, or each line of it does. */
async function expectNames(
  page: Page,
  clusters: readonly string[],
): Promise<void> {
  const main = page.getByRole('main');
  for (const cluster of clusters) {
    await expect(
      main.getByText(cluster).filter({ visible: true }).first(),
      `${page.url()} names ${cluster}`,
    ).toBeVisible();
  }
}

story(
  'a tenant on two clusters goes on with one, and its pages say which is missing',
  async ({ page, request, usEast }) => {
    story.slow();
    const ada = await PortalApi.signIn(request, 'ada');
    await ada.operate(TENANT, {
      type: 'apply',
      owner: 'group:default/team-analytics',
      environments: [
        environment('dev', 'eu-west'),
        environment('prod', 'us-east'),
      ],
    });
    for (const tab of TABS) {
      await page.goto(`${TENANT_PAGE}/${tab}?persona=ada`);
      await expectNames(page, ['eu-west', 'us-east']);
    }
    await expect(page.getByTestId('log-line').first()).toBeVisible();
    await page.goto(TENANT_PAGE);
    await expectNames(page, ['eu-west', 'us-east']);
    const missing = page.getByText(
      /us-east (has sent nothing for|has not answered)/,
    );
    await expect(missing).toHaveCount(0);

    await usEast.fail();
    try {
      await expect(missing.first()).toBeVisible({ timeout: 60_000 });
      await ada.operate(TENANT, {
        type: 'restart',
        environment: 'dev',
        workload: 'Deployment/podinfo',
      });
      await page.goto('/tenants');
      await expect(
        page.getByTestId('tenants-table').getByText(TENANT).first(),
      ).toBeVisible();
      await expect(missing.first()).toBeVisible();
      await page.goto(`${TENANT_PAGE}/logs?env=dev`);
      await expect(page.getByTestId('log-line').first()).toBeVisible();
      await expectNames(page, ['eu-west']);
      await page.goto(`/catalog/default/resource/${TENANT}`);
      await expect(
        page.getByRole('heading', { name: TENANT }).first(),
      ).toBeVisible();
      await expectNames(page, ['eu-west', 'us-east']);
      await page.goto('/tenants/platform?persona=pia');
      await expect(
        page.getByRole('row', { name: /us-east/ }).first(),
      ).toContainText(/stale/i);
      await expect(
        page.getByRole('row', { name: /eu-west/ }).first(),
      ).not.toContainText(/stale/i);
    } finally {
      await usEast.recover();
    }
    await page.goto(`${TENANT_PAGE}?persona=ada`);
    await expectNames(page, ['eu-west', 'us-east']);
    await expect(missing).toHaveCount(0, { timeout: 60_000 });
  },
);
