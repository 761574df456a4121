// SPDX-License-Identifier: Apache-2.0
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderTenants } from '../__testUtils__/renderTenants';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

const WORKLOADS = '/tenants/t/analytics-core/workloads';

async function openScale() {
  await userEvent.click(
    await screen.findByRole('button', { name: 'Actions of airflow-worker' }),
  );
  await userEvent.click(await screen.findByRole('menuitem', { name: /Scale/ }));
  return screen.findByRole('dialog');
}

/** The portal draws everything anew in other colours: what was there is unmounted, and mounted again at the same address. */
function arrange() {
  const api = new FakeTenantsApi(createScenario('many'));
  const shown = renderTenants(WORKLOADS, api);
  const drawAnew = (path = WORKLOADS) => {
    shown.unmount();
    renderTenants(path, api);
  };
  return { drawAnew };
}

describe('a preview when the portal draws all pages anew', () => {
  it('is open as before, with what was typed into it', async () => {
    const { drawAnew } = arrange();
    const field = within(await openScale()).getByRole('textbox', {
      name: 'Replicas',
    });
    await userEvent.clear(field);
    await userEvent.type(field, '5{Enter}');
    drawAnew();
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getByRole('textbox', { name: 'Replicas' }),
    ).toHaveValue('5');
    expect(
      await within(dialog).findByRole('button', { name: 'Scale to 5' }),
    ).toBeVisible();
  });

  it('stays closed when it was closed, and opens next time without what was typed', async () => {
    const { drawAnew } = arrange();
    const field = within(await openScale()).getByRole('textbox', {
      name: 'Replicas',
    });
    const before = (field as HTMLInputElement).value;
    await userEvent.clear(field);
    await userEvent.type(field, '5{Enter}');
    await userEvent.keyboard('{Escape}');
    drawAnew();
    expect(
      await screen.findByRole('button', { name: 'Actions of airflow-worker' }),
    ).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(
      within(await openScale()).getByRole('textbox', { name: 'Replicas' }),
    ).toHaveValue(before);
  });

  it('belongs to its tenant', async () => {
    const { drawAnew } = arrange();
    await openScale();
    drawAnew('/tenants/t/billing/workloads');
    await screen.findByRole('heading', { level: 1, name: 'billing' });
    await act(async () => {});
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
