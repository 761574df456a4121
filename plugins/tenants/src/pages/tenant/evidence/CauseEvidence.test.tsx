// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { degradedTenantFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { screen, within } from '@testing-library/react';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { createScenario } from '../../../testing/Scenario';
import { noMetricsFixture } from '../../../testing/usageFixture';

function open(tenant: Tenant) {
  const api = new FakeTenantsApi({ ...createScenario('many'), tenant });
  renderTenants('/tenants/t/analytics-core/overview', api);
}

/** The tenant with other facts of how the container of its first cause ended. */
function endedAs(lastExit: { code: number; reason: string; at?: string }) {
  const tenant = degradedTenantFixture();
  const [{ pod: name }] = tenant.causes;
  const text = JSON.stringify(tenant, (_, value) =>
    value?.name === name && value?.containers
      ? {
          ...value,
          containers: value.containers.map((c: object) => ({ ...c, lastExit })),
        }
      : value,
  );
  return JSON.parse(text) as Tenant;
}

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
      await within(evidence).findByText(
        /Memory 1,000 of 1,024 MiB|Memory 1 of 1 GiB/,
      ),
    ).toBeVisible();
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
    expect(
      await screen.findByText(/^no metrics: .*metrics-server/),
    ).toBeVisible();
  });

  it('does not speak of memory where that is not what ends it', async () => {
    open(endedAs({ code: 1, reason: 'Error', at: '2026-11-21T14:30:00.000Z' }));
    const evidence = await screen.findByTestId('cause-evidence');
    expect(evidence).toHaveTextContent(/Error, exit code 1/);
    expect(evidence).not.toHaveTextContent(/Memory|no metrics/);
  });

  it('is absent where nobody knows when it ended', async () => {
    open(endedAs({ code: 1, reason: 'Error' }));
    await screen.findByTestId('cause-card');
    expect(screen.queryByTestId('cause-evidence')).not.toBeInTheDocument();
  });
});
