// SPDX-License-Identifier: Apache-2.0
import { logsReadUnmaskedPermission } from '@tenantry/backstage-plugin-tenants-common';
import { allowedActionsFixture } from '@tenantry/backstage-plugin-tenants-common/testing';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTabChannel } from '../testing/FakeTabChannel';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario, type Scenario } from '../testing/Scenario';

const openChannel = FakeTabChannel.hub();

// jsdom has no tabs that speak to one another.
beforeAll(() => {
  Object.assign(window, {
    BroadcastChannel: function Channel() {
      return openChannel();
    },
  });
  Object.assign(crypto, { randomUUID: () => 'this-tab' });
});

function open(change: Partial<Scenario> = {}) {
  const api = new FakeTenantsApi({ ...createScenario('many'), ...change });
  renderTenants('/tenants/t/analytics-core/logs', api);
  return api;
}

describe('LogsTab, unmasked', () => {
  it('shows secrets only after saying that it is recorded, and masks them again', async () => {
    const api = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show unmasked' }),
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      'That you read secrets is recorded in the tenant’s audit.',
    );
    expect(api.logSelections.some(({ unmasked }) => unmasked)).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Show them' }));
    await waitFor(() =>
      expect(api.logSelections.at(-1)).toMatchObject({ unmasked: true }),
    );
    expect(window.location.search).not.toContain('unmasked');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Mask them again' }),
    );
    await waitFor(() =>
      expect(api.logSelections.at(-1)?.unmasked).toBeUndefined(),
    );
  });

  it('reads nothing unmasked when the reader thinks better of it', async () => {
    const api = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Show unmasked' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(
      screen.getByRole('button', { name: 'Show unmasked' }),
    ).toBeInTheDocument();
    expect(api.logSelections.some(({ unmasked }) => unmasked)).toBe(false);
  });

  it('is not offered without the right', async () => {
    open({ allowed: allowedActionsFixture([logsReadUnmaskedPermission.name]) });
    await screen.findByText('121 lines held');
    expect(screen.queryByRole('button', { name: 'Show unmasked' })).toBeNull();
  });
});

describe('LogsTab, too many streams', () => {
  const refused: Partial<Scenario> = {
    logsRefusal: { status: 429, message: 'You have 5 streams open.' },
  };

  it('has another tab stop, and reads here', async () => {
    const other = openChannel();
    const told: unknown[] = [];
    other.addEventListener('message', ({ data }) => {
      told.push(data);
      if (JSON.stringify(data).includes('who-follows')) {
        const to = 'this-tab';
        other.postMessage({ type: 'follows', from: 'b', to, since: 1 });
      } else {
        other.postMessage({ type: 'given', from: 'b', to: 'this-tab' });
      }
    });
    const api = open(refused);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take it over here' }),
    );
    await waitFor(() => expect(api.logSelections).toHaveLength(2));
    expect(told.at(-1)).toEqual({ type: 'give', from: 'this-tab', to: 'b' });
  });

  it('stops for another tab that asks, keeps its lines, and reads on when told', async () => {
    const other = openChannel();
    const api = open();
    await screen.findByText('121 lines held');
    act(() => other.postMessage({ type: 'give', from: 'b', to: 'this-tab' }));
    expect(
      await screen.findByText('Another tab took this over.'),
    ).toBeInTheDocument();
    expect(screen.getByText('121 lines held')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Read on here' }));
    await waitFor(() => expect(api.logSelections).toHaveLength(2));
  });
});
