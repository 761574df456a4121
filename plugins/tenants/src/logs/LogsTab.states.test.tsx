// SPDX-License-Identifier: Apache-2.0
import type {
  LogMessage,
  LogSelection,
} from '@tenantry/backstage-plugin-tenants-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

/** The portal is asked a moment after the reader has stopped typing. */
const PATIENCE = { timeout: 10_000 };

function show(query: string, api: FakeTenantsApi) {
  renderTenants(`/tenants/t/analytics-core/logs${query}`, api);
}

/** Counts more matches than are held, from a time on. */
class CountingApi extends FakeTenantsApi {
  readonly counted: LogSelection[] = [];

  override async *openLogs(
    ...args: Parameters<FakeTenantsApi['openLogs']>
  ): AsyncGenerator<LogMessage> {
    const [, selection] = args;
    if (selection.content !== 'counts') {
      yield* super.openLogs(...args);
      return;
    }
    const start = Date.parse('2026-11-21T13:00:00Z') / 1_000;
    yield {
      type: 'event',
      event: {
        type: 'counts',
        bucketSeconds: 60,
        buckets: [[start, 500, 0, 0, 412]],
      },
    };
    this.counted.push(selection);
  }
}

describe('LogsTab', () => {
  it('offers to load matches that are not held, and no longer once all lines from there on are read', async () => {
    const api = new CountingApi(createScenario('many'));
    show('?q=MemoryError', api);
    const load = await screen.findByRole('button', { name: 'Load' }, PATIENCE);
    expect(load.parentElement).toHaveTextContent(
      /^20 here, 39\d more since 13:00:00 UTC/,
    );
    await userEvent.click(load);
    await waitFor(
      () =>
        expect(api.logSelections.at(-1)).toMatchObject({
          sinceTime: '2026-11-21T13:00:00.000Z',
          tailLines: 'all',
        }),
      PATIENCE,
    );
    await waitFor(() => expect(api.counted).toHaveLength(2), PATIENCE);
    expect(await screen.findByText('0 of 20')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Load' })).toBeNull();
  });

  it('says that nothing has crashed, and leads back', async () => {
    const api = new FakeTenantsApi({
      ...createScenario('many'),
      logs: [{ type: 'end', reason: 'completed', message: '' }],
    });
    show('?previous=1', api);
    expect(await screen.findByText('Nothing has crashed.')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show the logs of now' }),
    );
    await waitFor(() =>
      expect(api.logSelections.at(-1)).toMatchObject({ previous: false }),
    );
  });

  it('says how many filters are set where they are put away', async () => {
    show('?env=prod&level=error', new FakeTenantsApi(createScenario('many')));
    const filters = await screen.findByRole('button', { name: 'Filters (2)' });
    expect(filters).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(filters);
    expect(filters).toHaveAttribute('aria-expanded', 'true');
  });
});
