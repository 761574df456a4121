// SPDX-License-Identifier: Apache-2.0
import { screen } from '@testing-library/react';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario, type ScenarioName } from '../../testing/Scenario';

// In a file of its own: decisions are remembered for as long as the module of the hook lives.
function open(name: ScenarioName) {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants('/tenants', api, {
    withTemplates: true,
    denied: ['tenants.platform.read', 'tenants.tenant.create'],
  });
  return api;
}

describe('the list of somebody who may only look', () => {
  it('has no operations, and does not ask for them', async () => {
    const api = open('many');
    const row = await screen.findByRole('row', { name: /analytics-core/ });
    expect(row).toHaveTextContent('6 / 8');
    expect(screen.queryByText('Last operation')).not.toBeInTheDocument();
    const asked = api.requests.flatMap(({ subs }) => subs.map(s => s.kind));
    expect(asked).not.toContain('operations');
  });

  it('says which right is missing instead of the button', async () => {
    open('empty');
    expect(
      (await screen.findAllByText(/tenants\.tenant\.create/))[0],
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('link', { name: 'Create tenant' }),
    ).not.toBeInTheDocument();
  });
});
