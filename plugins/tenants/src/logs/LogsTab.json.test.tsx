// SPDX-License-Identifier: Apache-2.0
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { logLinesFixture, logSourceFixture } from '../testing/logFixture';
import { renderTenants } from '../__testUtils__/renderTenants';
import { createScenario } from '../testing/Scenario';

const LINE =
  '{"time":"2026-11-21T14:30:00Z","level":"warn","logger":"db","msg":"slow query","ms":812}';

async function openLine() {
  const api = new FakeTenantsApi({
    ...createScenario('many'),
    logs: [
      {
        type: 'event',
        event: { type: 'source', source: logSourceFixture(1) },
      },
      logLinesFixture(1, [['2026-11-21T14:30:00Z', LINE]]),
    ],
  });
  renderTenants('/tenants/t/analytics-core/logs', api);
  return await screen.findByTestId('log-line');
}

describe('a JSON line', () => {
  it('is read at a glance: how loud, what it says, then its other fields', async () => {
    const row = await openLine();
    expect(row).toHaveTextContent('WARN');
    expect(row).toHaveTextContent('slow query logger=db ms=812');
    expect(row).not.toHaveTextContent('{');
  });

  it('is shown whole, with its fields as a grid, when it is opened', async () => {
    const user = userEvent.setup();
    const row = await openLine();
    await user.click(
      within(row).getByRole('button', { name: 'Show the fields' }),
    );
    expect(row).toHaveTextContent(LINE);
    expect(within(row).getByText('logger').tagName).toBe('DT');
    await user.click(
      within(row).getByRole('button', { name: 'Hide the fields' }),
    );
    expect(row).not.toHaveTextContent('{');
  });

  it('tells the day it was written on where its time is pointed at', async () => {
    const row = await openLine();
    expect(within(row).getByTitle('2026-11-21 14:30:00 UTC')).toHaveTextContent(
      '14:30:00.000',
    );
  });

  it('is copied as it was written', async () => {
    const user = userEvent.setup();
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => copied.push(text) },
    });
    await user.click(await openLine());
    await user.keyboard('c');
    expect(copied).toEqual([expect.stringContaining(LINE)]);
  });
});
