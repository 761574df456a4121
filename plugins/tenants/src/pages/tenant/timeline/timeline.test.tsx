// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { revisionsFixture } from '../../../testing/operationFixture';
import { createScenario, type ScenarioName } from '../../../testing/Scenario';
import { revisionDiff } from './revisionDiff';

function open(query = '', name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants/t/analytics-core/timeline${query}`, api);
}

const hours = () =>
  screen
    .getAllByRole('heading', { level: 3 })
    .map(heading => heading.textContent)
    .filter(text => text?.endsWith('UTC'));

describe('the timeline of a tenant', () => {
  it('puts operations, releases and events on one axis, by hour, newest first', async () => {
    open();
    await screen.findByText('prod revision 8');
    expect(
      screen.getByRole('button', {
        name: 'Open operation Restart airflow-web',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('14 times')).toBeInTheDocument();
    expect(hours()[0]).toBe('21 Nov 2026, 14:00 UTC');
    expect(hours().at(-1)).toBe('20 Nov 2026, 09:00 UTC');
    expect(
      screen.getByRole('img', {
        name: /^Operations, releases and events from/,
      }),
    ).toBeInTheDocument();
  });

  it('shows what changed between two revisions', async () => {
    open('?lane=releases');
    const item = (await screen.findByText('prod revision 8')).closest('li')!;
    await userEvent.click(within(item).getByText('What changed'));
    expect(item).toHaveTextContent('modules.airflow.release');
    expect(item).toHaveTextContent('2.9.3');
    expect(screen.queryByText('14 times')).not.toBeInTheDocument();
  });

  it('says that nothing matches, and clears the filters', async () => {
    open('?q=nonsense');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByText('14 times')).toBeInTheDocument();
  });

  it('says that nothing has happened', async () => {
    open('', 'empty');
    expect(
      await screen.findByText('Nothing has happened that is still known.'),
    ).toBeInTheDocument();
  });
});

it('tells releases, parameters and what is gone apart', () => {
  const [after, before] = revisionsFixture();
  expect(
    revisionDiff(before, {
      ...after,
      spec: {
        ...after.spec,
        tier: 'standard',
        modules: [{ name: 'airflow', parameters: { workers: 3 } }],
      },
    }),
  ).toEqual([
    { path: 'modules.airflow.parameters.workers', from: '2', to: '3' },
    { path: 'modules.airflow.release', from: '2.9.3', to: '2.10.2' },
    { path: 'tier', from: 'premium', to: 'standard' },
  ]);
});
