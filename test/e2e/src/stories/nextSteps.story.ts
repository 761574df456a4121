// SPDX-License-Identifier: Apache-2.0
import { orderPodinfo } from '../orderPodinfo';
import { PortalApi } from '../PortalApi';
import type { WorkloadRef } from '../Simulator';
import { expect, story } from '../story';

const TENANT = 'sirius';
const WORKLOAD: WorkloadRef = {
  namespace: `${TENANT}-prod`,
  name: 'podinfo',
};
const HAPPENS_TIMEOUT_MS = 60_000;

story(
  'what broke right after a change is taken back from its cause',
  async ({ page, request, usEast }) => {
    story.slow();
    const pia = await PortalApi.signIn(request, 'pia');
    await orderPodinfo(pia, TENANT);
    await pia.operate(TENANT, {
      type: 'scale',
      environment: 'prod',
      workload: `Deployment/${WORKLOAD.name}`,
      replicas: 2,
    });
    await page.goto(`/tenants/t/${TENANT}?persona=pia`);
    await usEast.setBehaviour(WORKLOAD, { type: 'oom' });

    const steps = page
      .getByTestId('cause-card')
      .first()
      .getByRole('list', { name: 'Next steps' })
      .getByRole('listitem');
    await expect(steps.first()).toContainText('Go back to revision 1 of prod', {
      timeout: HAPPENS_TIMEOUT_MS,
    });
    await expect(page.getByTestId('cause-evidence').first()).toContainText(
      /restarts?, the last one .*: OOMKilled, exit code 137/,
      // Between two ends its containers run, and there is no cause.
      { timeout: HAPPENS_TIMEOUT_MS },
    );
    await steps
      .first()
      .getByRole('button', { name: /^Preview/ })
      .click({ timeout: HAPPENS_TIMEOUT_MS });
    const preview = page
      .getByRole('dialog')
      .filter({ hasText: 'Nothing has changed yet.' });
    await usEast.setBehaviour(WORKLOAD, { type: 'healthy' });
    await preview
      .getByRole('button', { name: 'Roll back to revision 1' })
      .press('Enter');
    await expect(
      page.getByRole('dialog').getByText(/^Done/).first(),
    ).toBeVisible({ timeout: HAPPENS_TIMEOUT_MS });
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('cause-card')).toHaveCount(0, {
      timeout: HAPPENS_TIMEOUT_MS,
    });
  },
);
