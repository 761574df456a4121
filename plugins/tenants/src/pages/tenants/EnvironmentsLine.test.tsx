// SPDX-License-Identifier: Apache-2.0
import {
  tenantRowFixture,
  tenantsValueFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario } from '../../testing/Scenario';

function open(clusters: readonly string[]) {
  const row = tenantRowFixture();
  const [model] = row.environments;
  const tenants = tenantsValueFixture([
    {
      ...row,
      environments: clusters.map((cluster, at) => ({
        ...model,
        name: `env-${at}`,
        cluster,
      })),
    },
  ]);
  const api = new FakeTenantsApi({ ...createScenario('one'), tenants });
  renderTenants('/tenants', api);
  return row.name;
}

it('shows every environment with its cluster to the keyboard, whatever the width', async () => {
  const long = 'arn:aws:eks:eu-west-1:123456789012:cluster/production-blue';
  const name = open(['eu-west', 'us-east', long]);
  const row = await screen.findByRole('rowheader', { name: new RegExp(name) });
  expect(row).toHaveTextContent('env-0 eu-west');
  const button = within(row).getByRole('button', {
    name: `Environments of ${name}`,
  });
  expect(button).toHaveTextContent('+2');
  row.closest<HTMLElement>('[role="row"]')?.focus();
  // Past the link to the tenant.
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(button).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  const all = await screen.findByRole('dialog', {
    name: `Environments of ${name}`,
  });
  expect(
    within(all)
      .getAllByRole('listitem')
      .map(item => item.textContent),
  ).toEqual([
    expect.stringContaining('env-0 on eu-west'),
    expect.stringContaining('env-1 on us-east'),
    expect.stringContaining(`env-2 on ${long}`),
  ]);
});

it('has no button where nothing can be cut', async () => {
  const name = open(['eu-west']);
  const row = await screen.findByRole('rowheader', { name: new RegExp(name) });
  expect(row).toHaveTextContent('env-0 eu-west');
  expect(within(row).queryByRole('button')).not.toBeInTheDocument();
});
