// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { supportPaletteList } from '../__testUtils__/supportPaletteList';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

beforeAll(supportPaletteList);

async function open(path = '/tenants') {
  const api = new FakeTenantsApi(createScenario('many'));
  renderTenants(path, api, { withTemplates: true });
  await screen.findByRole('button', { name: /Jump to/ });
  return api;
}

async function openPalette(path?: string) {
  const api = await open(path);
  await userEvent.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog', { name: 'Jump to' });
  return api;
}

function section(name: string) {
  return screen.findByRole('group', { name });
}

describe('the palette', () => {
  it('shows at once what needs attention', async () => {
    await openPalette();
    const options = within(await section('Needs attention'));
    expect(
      options.getAllByRole('option').map(option => option.textContent),
    ).toEqual([
      expect.stringContaining('analytics-core'),
      expect.stringContaining('iot-telemetry'),
      expect.stringContaining('churn-models'),
    ]);
  });

  it('finds by some letters of a name and goes there with Enter', async () => {
    await openPalette();
    await section('Go to');
    await userEvent.keyboard('bllng{Enter}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      await screen.findByText(/There is no tenant billing/),
    ).toBeInTheDocument();
  });

  it('leads to the form that adds a module', async () => {
    await openPalette();
    await section('Do');
    await userEvent.keyboard('airfl');
    const actions = within(await section('Do'));
    expect(
      await actions.findByRole('option', { name: /Add .*irflow to a tenant/ }),
    ).toBeInTheDocument();
  });

  it('opens the preview of an action and starts nothing', async () => {
    const api = await openPalette('/tenants/t/analytics-core/overview');
    const actions = within(await section('Do'));
    await userEvent.click(
      await actions.findByRole('option', { name: /Put to sleep/ }),
    );
    expect(
      await screen.findByRole('dialog', { name: /sleep/i }),
    ).toBeInTheDocument();
    expect(api.operations.started).toEqual([]);
  });

  it('says that nothing is called that', async () => {
    await openPalette();
    await section('Go to');
    await userEvent.keyboard('zzzzqq');
    expect(
      await screen.findByText('Nothing is called that, of what you may see.'),
    ).toBeInTheDocument();
  });
});

describe('the palette when the portal draws all pages anew', () => {
  it('is open as before, with what was typed, and forgets it when it is closed', async () => {
    const api = new FakeTenantsApi(createScenario('many'));
    const shown = renderTenants('/tenants', api);
    await screen.findByRole('button', { name: /Jump to/ });
    await userEvent.keyboard('{Control>}k{/Control}');
    await section('Go to');
    await userEvent.keyboard('bill');
    shown.unmount();
    renderTenants('/tenants', api);
    const field = await screen.findByRole('combobox');
    expect(field).toHaveValue('bill');
    await waitFor(() => expect(field).toHaveFocus());
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(await screen.findByRole('combobox')).toHaveValue('');
  });
});

describe('the keys', () => {
  it('go to a page by two letters, and to a part of a tenant by its number', async () => {
    await open('/tenants/t/analytics-core/overview');
    await screen.findByRole('tab', { name: 'Overview', selected: true });
    await userEvent.keyboard('3');
    expect(
      await screen.findByRole('tab', { name: 'Workloads', selected: true }),
    ).toBeInTheDocument();
    await userEvent.keyboard('gm');
    expect(
      await screen.findByRole('heading', { name: 'Modules' }),
    ).toBeInTheDocument();
  });

  it('are letters while a field has the focus', async () => {
    await open();
    const field = await screen.findByRole('searchbox', {
      name: 'Search tenants',
    });
    await userEvent.keyboard('/');
    expect(field).toHaveFocus();
    await userEvent.keyboard('gm?');
    expect(field).toHaveValue('gm?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('are on a sheet, and can be switched off', async () => {
    await open();
    await userEvent.keyboard('?');
    const sheet = await screen.findByRole('dialog', { name: 'Keys' });
    await userEvent.click(
      within(sheet).getByRole('switch', { name: 'Single letters are keys' }),
    );
    await userEvent.click(within(sheet).getByRole('button', { name: 'Done' }));
    await userEvent.keyboard('?');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(
      await screen.findByRole('dialog', { name: 'Jump to' }),
    ).toBeInTheDocument();
  });
});
