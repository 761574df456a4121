// SPDX-License-Identifier: Apache-2.0
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { supportPaletteList } from '../__testUtils__/supportPaletteList';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

const TENANT = '/tenants/t/analytics-core/members';
const SINCE_UTC = /^since (\d+ \w+( \d+)?, )?\d\d:\d\d UTC$/;

function open(remembered: Record<string, string> = {}) {
  const api = new FakeTenantsApi(createScenario('many'));
  return renderTenants(TENANT, api, { remembered });
}

/** The time of the state, in the header of the tenant. */
async function stateTime() {
  const find = () =>
    screen
      .getAllByRole('heading', { name: 'analytics-core', hidden: true })
      .flatMap(
        title => title.closest('header')?.querySelector('time') ?? [],
      )[0];
  await waitFor(() => expect(find()).toBeInstanceOf(HTMLTimeElement));
  return find()!;
}

async function openKeys() {
  await userEvent.keyboard('?');
  return within(await screen.findByRole('dialog', { name: 'Keys' }));
}

beforeAll(supportPaletteList);

describe('times', () => {
  it('are relative until somebody chooses, with the moment at hand', async () => {
    open();
    const time = await stateTime();
    expect(time).toHaveTextContent(/^\d+ (s|min|h|d)$/);
    expect(time.title).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(/);
    expect(time.parentElement).toHaveTextContent(/for \d+/);
  });

  it('become moments by keyboard, at once and for the next time', async () => {
    const { storage } = open();
    await stateTime();
    const keys = await openKeys();
    await userEvent.click(keys.getByRole('radio', { name: 'UTC' }));
    await userEvent.click(keys.getByRole('button', { name: 'Done' }));
    const time = await stateTime();
    expect(time.textContent).toMatch(SINCE_UTC);
    expect(time.title).toMatch(/^\d+ (s|min|h|d) · \d{4}-.* UTC \(/);
    expect(storage.forBucket('tenantry').snapshot('times').value).toBe('utc');
  });

  it('are read from what the portal remembers, and chosen anew from the palette', async () => {
    const { storage } = open({ times: 'utc' });
    expect((await stateTime()).textContent).toMatch(SINCE_UTC);
    await userEvent.keyboard('{Control>}k{/Control}');
    await screen.findByRole('group', { name: 'Do' });
    await userEvent.keyboard('times');
    const options = screen.getAllByRole('option', { name: /^Times: / });
    expect(options.map(option => option.textContent)).toEqual([
      expect.stringContaining('Times: local'),
      expect.stringContaining('Times: relative'),
    ]);
    await userEvent.click(options[1]);
    await waitFor(async () =>
      expect((await stateTime()).textContent).toMatch(/^\d+ (s|min|h|d)$/),
    );
    expect(storage.forBucket('tenantry').snapshot('times').value).toBe(
      'relative',
    );
  });

  it('are relative where something else was remembered', async () => {
    open({ times: 'stardate' });
    expect((await stateTime()).textContent).toMatch(/^\d+ (s|min|h|d)$/);
  });
});
