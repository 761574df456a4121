// SPDX-License-Identifier: Apache-2.0
import { PortalApi } from '../PortalApi';
import { expect, story } from '../story';

const TENANT = 'atlas';

function environment(name: string, cluster: string) {
  const member = { subject: 'group:default/team-analytics', role: 'admin' };
  const modules = [{ name: 'podinfo' }];
  return { name, cluster, tier: 'bronze', modules, members: [member] };
}

story(
  'a tenant on two clusters goes on with one, and its page says which is missing',
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
    await page.goto(`/tenants/t/${TENANT}?persona=ada`);
    await expect(page.getByText('eu-west').first()).toBeVisible();
    await expect(page.getByText('us-east').first()).toBeVisible();
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
    } finally {
      await usEast.recover();
    }
    await page.goto(`/tenants/t/${TENANT}`);
    await expect(missing).toHaveCount(0, { timeout: 60_000 });
  },
);
