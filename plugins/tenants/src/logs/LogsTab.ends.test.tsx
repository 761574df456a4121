// SPDX-License-Identifier: Apache-2.0
import type {
  LogExit,
  LogMessage,
} from '@tenantry/backstage-plugin-tenants-common';
import { screen, waitFor, within } from '@testing-library/react';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { logLinesFixture, logSourceFixture } from '../testing/logFixture';
import { renderTenants } from '../__testUtils__/renderTenants';
import { createScenario } from '../testing/Scenario';

function ended(exit?: LogExit): LogMessage {
  const message = 'The log has ended.';
  return {
    type: 'event',
    event: { type: 'sourceEnded', source: 1, reason: 'Ended', message, exit },
  };
}

describe('a container that ends again and again', () => {
  it('has a row for each end, with the reason and exit code of that very run', async () => {
    const api = new FakeTenantsApi({
      ...createScenario('many'),
      logs: [
        {
          type: 'event',
          event: { type: 'source', source: logSourceFixture(1) },
        },
        logLinesFixture(1, [['2026-11-21T14:30:00Z', 'first run']]),
        ended({ reason: 'Error', code: 2 }),
        logLinesFixture(1, [['2026-11-21T14:30:01Z', 'second run']]),
        ended({ reason: 'Error', code: 3 }),
        logLinesFixture(1, [['2026-11-21T14:30:02Z', 'third run']]),
      ],
    });
    renderTenants('/tenants/t/analytics-core/logs', api);
    await screen.findByText('third run');
    const rows = screen.getAllByTestId('log-break');
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringMatching(/Error, exit code 2/),
      expect.stringMatching(/Error, exit code 3/),
    ]);
    expect(rows.map(row => row.dataset.tone)).toEqual(['bad', 'bad']);
  });

  it('has the reason of a run in its own row, also when the next one ended before anybody looked', async () => {
    const source = logSourceFixture(1);
    const next = {
      ...source,
      id: 2,
      runBefore: { reason: 'Error', code: 7 },
    };
    const first = ended();
    const second: LogMessage = {
      type: 'event',
      event: {
        type: 'sourceEnded',
        source: 2,
        reason: 'Ended',
        message: 'The log has ended.',
      },
    };
    const api = new FakeTenantsApi({
      ...createScenario('many'),
      logs: [
        { type: 'event', event: { type: 'source', source } },
        logLinesFixture(1, [['2026-11-21T15:30:00Z', 'first run']]),
        first,
        { type: 'event', event: { type: 'source', source: next } },
        logLinesFixture(2, [['2026-11-21T15:30:01Z', 'second run']]),
        second,
        logLinesFixture(2, [['2026-11-21T15:30:02Z', 'third run']]),
      ],
    });
    renderTenants('/tenants/t/analytics-core/logs', api);
    await screen.findByText('third run');
    const rows = await screen.findAllByTestId('log-break');
    expect(rows).toHaveLength(2);
    await waitFor(() =>
      expect(rows[0]).toHaveTextContent(/Error, exit code 7/),
    );
    expect(rows[1]).toHaveTextContent(/the log of container \w+ has ended/);
  });

  it('is marked in the legend, and not as one that is over while it writes on', async () => {
    const source = logSourceFixture(1);
    const logs = [
      { type: 'event', event: { type: 'source', source } },
      ended({ reason: 'OOMKilled', code: 137 }),
      logLinesFixture(1, [['2026-11-21T14:30:01Z', 'runs again']]),
    ] satisfies LogMessage[];
    const api = new FakeTenantsApi({ ...createScenario('many'), logs });
    renderTenants('/tenants/t/analytics-core/logs', api);
    await screen.findByText('runs again');
    const legend = screen.getByRole('list', { name: 'Pods' });
    const pod = await within(legend).findByRole('button');
    expect(pod.dataset.ended).toBe('false');
    expect(within(pod).getByLabelText('OOMKilled')).toBeInTheDocument();
  });
});
