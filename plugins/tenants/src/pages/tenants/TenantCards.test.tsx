// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../testing/FakeTenantsApi';
import { createScenario } from '../../testing/Scenario';

const wide = window.matchMedia;

beforeAll(() => {
  // The window of a telephone reaches no breakpoint.
  window.matchMedia = query => ({ ...wide(query), matches: false });
});

afterAll(() => {
  window.matchMedia = wide;
});

it('are what a telephone shows instead of the table, the most urgent first', async () => {
  renderTenants('/tenants', new FakeTenantsApi(createScenario('many')));
  const list = await screen.findByRole('list', { name: 'Tenants' });
  const cards = within(list).getAllByRole('listitem');
  expect(cards).toHaveLength(12);
  const [first] = cards;
  expect(
    within(first).getByRole('link', { name: 'analytics-core' }),
  ).toHaveAttribute('href', '/tenants/t/analytics-core/overview');
  expect(first).toHaveTextContent('Degraded');
  expect(first).toHaveTextContent('OOMKilled');
  expect(first).toHaveTextContent('eu-west');
  expect(first.querySelector('time')).not.toBeNull();
  expect(screen.queryByRole('grid')).not.toBeInTheDocument();
});

it('keep their filters', async () => {
  renderTenants(
    '/tenants?q=billing',
    new FakeTenantsApi(createScenario('many')),
  );
  const list = await screen.findByRole('list', { name: 'Tenants' });
  expect(within(list).getAllByRole('link')).toHaveLength(1);
});

it('can be sorted, either way', async () => {
  renderTenants('/tenants', new FakeTenantsApi(createScenario('many')));
  const names = async () => {
    const list = await screen.findByRole('list', { name: 'Tenants' });
    return within(list)
      .getAllByRole('link')
      .map(link => link.textContent);
  };
  const byUrgency = await names();
  await userEvent.click(screen.getByRole('button', { name: /Sort: Health/ }));
  await userEvent.click(
    await screen.findByRole('option', { name: 'Sort: Tenant' }),
  );
  const byName = [...byUrgency].sort();
  expect(await names()).toEqual(byName);
  expect(byName).not.toEqual(byUrgency);
  await userEvent.click(screen.getByRole('button', { name: 'Reverse' }));
  expect(await names()).toEqual(byName.reverse());
});
