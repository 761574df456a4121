// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';
import { PortalApi } from '../PortalApi';
import { expect, story } from '../story';

const TENANT = 'nova';
const ENVIRONMENT = 'prod';
const WORKLOAD = 'podinfo';
const HOME = `/tenants/t/${TENANT}`;
const OWNER = 'group:default/platform-team';
const ADDED = 'group:default/team-payments';
/** An operation is journalled, applied and waited for. */
const DONE_TIMEOUT_MS = 60_000;

async function open(page: Page, tab: string): Promise<void> {
  await page.goto(`${HOME}/${tab}?persona=pia`);
  await expect(
    page.getByRole('button', { name: `Actions of ${TENANT}` }),
  ).toBeVisible();
}

/** The menu that closes is a dialog as well. */
function preview(page: Page) {
  return page
    .getByRole('dialog')
    .filter({ hasText: 'Nothing has changed yet.' });
}

/** Chooses an action of the tenant, or of something in it. Its preview opens. */
async function choose(page: Page, action: string, of = TENANT): Promise<void> {
  await page
    .getByRole('button', { name: `Actions of ${of}`, exact: true })
    .first()
    .click();
  await page
    .getByRole('menuitem', { name: action, exact: true })
    .first()
    .click();
  await expect(preview(page)).toBeVisible();
}

/** Presses the button that makes it happen, and waits in the drawer that opens. */
async function confirm(page: Page, button: string | RegExp): Promise<void> {
  await preview(page).getByRole('button', { name: button }).press('Enter');
  await expect(page).toHaveURL(/[?&]op=/);
  await expect(page.getByRole('dialog').getByText(/^Done/).first()).toBeVisible(
    { timeout: DONE_TIMEOUT_MS },
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Loses something: the name has to be typed before the button can be pressed. */
async function confirmLoss(page: Page, button: string): Promise<void> {
  const dialog = preview(page);
  const confirmation = dialog.getByRole('button', { name: button });
  await expect(confirmation).toBeDisabled();
  await dialog
    .getByRole('textbox', { name: `Type ${TENANT} to confirm` })
    .fill(TENANT);
  await expect(confirmation).toBeEnabled();
  await confirm(page, button);
}

function expectState(page: Page, state: string) {
  return expect(
    page.getByRole('main').locator(`[data-health="${state}"]`).first(),
  ).toBeVisible({ timeout: DONE_TIMEOUT_MS });
}

function workloadRow(page: Page) {
  return page
    .getByRole('table', { name: 'Workloads' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: WORKLOAD }) })
    .first();
}

story.describe.serial('what can be done with a tenant', () => {
  story.beforeAll(async ({ request }) => {
    const pia = await PortalApi.signIn(request, 'pia');
    await pia.operate(TENANT, {
      type: 'apply',
      owner: OWNER,
      environments: [
        {
          name: ENVIRONMENT,
          cluster: 'us-east',
          tier: 'standard',
          // One without data and one with: what is deleted keeps it.
          modules: [{ name: WORKLOAD }, { name: 'postgres' }],
          members: [{ subject: OWNER, role: 'admin' }],
        },
      ],
    });
  });

  story('a workload is restarted', async ({ page }) => {
    await open(page, 'workloads');
    await choose(page, `Restart ${WORKLOAD}…`, WORKLOAD);
    await confirm(page, `Restart ${WORKLOAD}`);
    await open(page, 'operations');
    await expect(
      page
        .getByRole('table', { name: 'Operations' })
        .getByRole('row', {
          name: new RegExp(`Restart Deployment/${WORKLOAD}`),
        })
        .first(),
    ).toBeVisible();
  });

  story('a workload is scaled, and the page shows it', async ({ page }) => {
    await open(page, 'workloads');
    await choose(page, `Scale ${WORKLOAD}…`, WORKLOAD);
    const replicas = preview(page).getByRole('textbox', { name: 'Replicas' });
    await replicas.fill('3');
    await replicas.press('Tab');
    await confirm(page, 'Scale to 3');
    await expect(workloadRow(page)).toContainText('3/3', {
      timeout: DONE_TIMEOUT_MS,
    });
  });

  story('what was scaled is rolled back', async ({ page }) => {
    await open(page, 'workloads');
    await choose(page, 'Roll back…');
    await confirm(page, /^Roll back to revision/);
    await expect(workloadRow(page)).not.toContainText('3/3', {
      timeout: DONE_TIMEOUT_MS,
    });
  });

  story('it is put to sleep and woken', async ({ page }) => {
    story.slow();
    await open(page, 'overview');
    await choose(page, 'Put to sleep…');
    await confirm(page, `Put ${TENANT} to sleep`);
    await expectState(page, 'Suspended');
    await choose(page, 'Wake…');
    await confirm(page, `Wake ${TENANT}`);
    await expectState(page, 'Healthy');
  });

  story('somebody becomes a member, and leaves', async ({ page }) => {
    story.slow();
    await open(page, 'overview');
    await choose(page, 'Add member…');
    await preview(page)
      .getByRole('textbox', { name: /User or group/ })
      .fill(ADDED);
    await confirm(page, `Add ${ADDED} as view`);
    await open(page, 'members');
    const members = page.getByRole('table', { name: 'Members' });
    const added = members.getByRole('link', { name: 'team-payments' }).first();
    await expect(added).toBeVisible();
    await expect(members).toContainText('The last admin stays.');
    await choose(page, 'Remove…', 'team-payments');
    await confirm(page, /^Remove/);
    await page.reload();
    await expect(
      members.getByRole('link', { name: 'platform-team' }).first(),
    ).toBeVisible();
    await expect(added).toHaveCount(0);
  });

  story('it is deleted, which keeps its data', async ({ page }) => {
    await open(page, 'overview');
    await choose(page, 'Delete…');
    await confirmLoss(page, `Delete ${TENANT}`);
    await expect(
      page.getByRole('region', { name: 'Environments and clusters' }),
    ).toContainText('Retained', { timeout: DONE_TIMEOUT_MS });
  });

  story('it is purged, and is no more', async ({ page }) => {
    await open(page, 'overview');
    await choose(page, 'Purge…');
    await confirmLoss(page, `Purge ${TENANT} for good`);
    await page.goto(HOME);
    await expect(
      page.getByText(`There is no tenant ${TENANT}, or you may not see it.`),
    ).toBeVisible();
  });
});

story(
  'who may only look is offered no action, and told whom to ask',
  async ({ page }) => {
    await page.goto('/tenants/t/payments-gateway?persona=mia');
    const closed = page.getByText(/Closed to you: .*Delete/);
    await closed.click();
    await expect(page.getByText('needs tenants.tenant.delete.')).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Actions of payments-gateway' }),
    ).toHaveCount(0);
  },
);
