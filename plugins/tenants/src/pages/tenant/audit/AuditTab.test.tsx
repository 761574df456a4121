// SPDX-License-Identifier: Apache-2.0
import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeTenantsApi } from '../../../testing/FakeTenantsApi';
import { renderTenants } from '../../../__testUtils__/renderTenants';
import { createScenario, type ScenarioName } from '../../../testing/Scenario';

function open(query = '', name: ScenarioName = 'many') {
  const api = new FakeTenantsApi(createScenario(name));
  renderTenants(`/tenants/t/analytics-core/audit${query}`, api);
  return api;
}

async function rows() {
  const table = await screen.findByRole('table', { name: 'Audit' });
  return within(table).getAllByRole('row').slice(1);
}

describe('AuditTab', () => {
  it('says when, who, what in words with its name, how it ended, and to what', async () => {
    open();
    const [read, viewed, , denied, restarted, failed] = await rows();
    expect(read).toHaveTextContent('2026-11-21 14:30:00 UTC');
    expect(read).toHaveTextContent('no. 80');
    expect(read).toHaveTextContent('user:default/mia');
    expect(read).toHaveTextContent('Read logslogs.read');
    expect(read).toHaveTextContent(
      'environment: prod · follow: yes · previous: no',
    );
    expect(viewed).toHaveTextContent('Looked as user:default/mia');
    expect(denied).toHaveTextContent('Denied');
    expect(restarted).toHaveTextContent('operation.restart');
    expect(failed).toHaveTextContent('Failed');
  });

  it('reads older events on demand', async () => {
    open();
    expect(await rows()).toHaveLength(50);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText(/no\. 1$/)).toBeInTheDocument();
    expect(await rows()).toHaveLength(80);
  });

  it('asks for what the address says and leaves out what makes no sense', async () => {
    const api = open(
      '?actor=eve&outcome=denied&action=logs.read&from=2026-11-21T00:00:00.000Z&to=yesterday',
    );
    expect(await rows()).not.toEqual([]);
    expect(api.auditQueries).toEqual([
      {
        actor: 'user:default/eve',
        outcome: 'denied',
        action: 'logs.read',
        from: '2026-11-21T00:00:00.000Z',
      },
    ]);
  });

  it('searches for a person when the name is finished', async () => {
    const api = open();
    await rows();
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Who' }),
      'pia{Enter}',
    );
    expect(await screen.findAllByText('user:default/pia')).not.toEqual([]);
    expect(screen.queryByText('user:default/mia')).not.toBeInTheDocument();
    expect(api.auditQueries).toHaveLength(2);
  });

  it('takes a time to be UTC', async () => {
    const api = open();
    await rows();
    fireEvent.change(screen.getByLabelText('From, UTC'), {
      target: { value: '2026-11-21T14:00' },
    });
    await screen.findByText(/chain/);
    expect(api.auditQueries.at(-1)?.from).toBe('2026-11-21T14:00:00.000Z');
  });

  it('leads back from filters that leave nothing', async () => {
    open('?actor=nobody');
    expect(await screen.findByText('No event matches.')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await rows()).toHaveLength(50);
  });

  it('says that the chain is intact, and of how many events', async () => {
    open();
    expect(
      await screen.findByText(
        'The hash chain of the newest 80 events is intact.',
      ),
    ).toBeInTheDocument();
  });

  it('warns of a broken chain and names the event', async () => {
    open('', 'tampered');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The hash chain is broken at event no. 41.',
    );
    expect(screen.queryByText(/is intact/)).not.toBeInTheDocument();
  });

  it('says that nothing is recorded yet', async () => {
    open('', 'empty');
    expect(
      await screen.findByText('Nothing is recorded of this tenant yet.'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/chain/)).not.toBeInTheDocument();
  });

  it('says what failed', async () => {
    open('', 'lists-error');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The audit could not be loaded.',
    );
  });

  it('is not asked for by those who may not read it, who learn what is missing', async () => {
    const api = open('', 'member');
    const block = await screen.findByRole('region', {
      name: 'You may not open Audit of analytics-core.',
    });
    expect(block).toHaveTextContent('tenants.audit.read');
    expect(block).toHaveTextContent('isOwner');
    expect(block).toHaveTextContent('team-analytics');
    expect(api.auditQueries).toEqual([]);
  });
});
