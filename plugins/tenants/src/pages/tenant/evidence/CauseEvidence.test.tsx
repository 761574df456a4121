// SPDX-License-Identifier: Apache-2.0
import type {
  Container,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { degradedTenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario } from '../../../testing/Scenario';
import { noMetricsFixture } from '../../../testing/usageFixture';

function open(tenant: Tenant) {
  const api = new FakeTenantsApi({ ...createScenario('many'), tenant });
  renderTenants('/tenants/t/analytics-core/overview', api);
}

/** The tenant with other facts of how the container of its first cause ended. */
function endedAs(
  lastExit: Container['lastExit'],
  others: Partial<Container> = {},
) {
  const tenant = degradedTenantFixture();
  const [{ pod: name }] = tenant.causes;
  const text = JSON.stringify(tenant, (_, value) =>
    value?.name === name && value?.containers
      ? {
          ...value,
          containers: value.containers.map((c: object) => ({
            ...c,
            lastExit,
            ...others,
          })),
        }
      : value,
  );
  return JSON.parse(text) as Tenant;
}

function factsOf(evidence: HTMLElement) {
  const facts = within(evidence)
    .getAllByRole('term')
    .map(term => [term.textContent, term.nextSibling?.textContent]);
  return Object.fromEntries(facts);
}

const minutesAgo = (n: number) =>
  new Date(Date.now() - n * 60_000).toISOString();

describe('the evidence of a cause', () => {
  it('says how often the container ended and how much of its memory is in use', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    open(endedAs({ code: 137, reason: 'OOMKilled', at }));
    const card = await screen.findByTestId('cause-card');
    const evidence = await within(card).findByTestId('cause-evidence');
    expect(evidence).toHaveTextContent(
      /\d+ restarts, the last one .+: OOMKilled, exit code 137/,
    );
    expect(
      await within(evidence).findByText(/^Memory, airflow-worker-1$/),
    ).toBeVisible();
    expect(factsOf(evidence)).toEqual({
      Request: '512 MiB',
      Limit: '1 GiB',
      Peak: '1,000 MiB',
      'In use': '1,000 MiB',
    });
    expect(evidence).toHaveTextContent(/memory known from 14:32:00 UTC on/);
    expect(
      await within(evidence).findByTestId('evidence-end'),
    ).toBeInTheDocument();
  });

  it('says why there is no memory to show', async () => {
    const tenant = degradedTenantFixture();
    const api = new FakeTenantsApi({ ...createScenario('many'), tenant });
    const [{ cluster }] = tenant.causes;
    api.details.setUsage({
      workloads: [],
      partial: [{ ...noMetricsFixture(), cluster }],
    });
    renderTenants('/tenants/t/analytics-core/overview', api);
    const evidence = await screen.findByTestId('cause-evidence');
    expect(
      await within(evidence).findByText(/^no metrics: .*metrics-server/),
    ).toBeVisible();
  });

  it('does not speak of memory where that is not what ends it', async () => {
    open(endedAs({ code: 1, reason: 'Error', at: '2026-11-21T14:30:00.000Z' }));
    const evidence = await screen.findByTestId('cause-evidence');
    expect(evidence).toHaveTextContent(/Error, exit code 1/);
    expect(evidence).not.toHaveTextContent(/memory|no metrics/i);
    expect(evidence).toHaveAccessibleName(
      /^Restarts, airflow-worker-1 .*Error, exit code 1/,
    );
  });

  it('draws the ends of the last hour that the portal saw, and lists all of them, newest first', async () => {
    const exits = [90, 42, 30, 12, 1].map(minutesAgo);
    const [at] = exits.slice(-1);
    open(endedAs({ code: 1, reason: 'Error', at }, { exits }));
    const evidence = await screen.findByTestId('cause-evidence');
    const marks = await within(evidence).findAllByTestId('evidence-end');
    expect(marks).toHaveLength(4);
    expect(evidence).toHaveTextContent('last 1 h');
    await userEvent.click(
      within(evidence).getByRole('button', { name: 'Show as table' }),
    );
    const table = within(evidence).getByRole('table');
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual(
      [...exits].reverse().map(end => `${end.slice(11, 19)} UTCEnded`),
    );
    expect(
      within(evidence).queryByTestId('evidence-end'),
    ).not.toBeInTheDocument();
    await userEvent.click(
      within(evidence).getByRole('button', { name: 'Show as chart' }),
    );
    expect(await within(evidence).findAllByTestId('evidence-end')).toHaveLength(
      4,
    );
  });

  it('tells of the first end before there was a restart', async () => {
    const exits = [minutesAgo(1)];
    const state = 'terminated';
    const ended = { state, exitCode: 137, reason: 'OOMKilled' } as const;
    open(endedAs(undefined, { ...ended, restarts: 0, exits }));
    expect(await screen.findByTestId('cause-evidence')).toHaveTextContent(
      'Ended 1 min ago: OOMKilled, exit code 137',
    );
  });

  it('is absent where nobody knows when it ended', async () => {
    open(endedAs({ code: 1, reason: 'Error' }, { exits: undefined }));
    await screen.findByTestId('cause-card');
    expect(screen.queryByTestId('cause-evidence')).not.toBeInTheDocument();
  });
});
