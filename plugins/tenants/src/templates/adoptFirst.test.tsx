// SPDX-License-Identifier: Apache-2.0
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { tenantsApiRef } from '../api';
import { rootRouteRef } from '../routes';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';
import { checkEnvironment } from './checkEnvironment';
import { TenantEnvironmentField } from './TenantEnvironmentField';
import { TenantModulesField } from './TenantModulesField';

const OURS = 'prod';
const FOREIGN = 'dev';
const TENANT = createScenario('many').tenant.name;
const tenant = `resource:default/${TENANT}`;

async function show(
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- fields differ in their value
  Field: ComponentType<any>,
  props: Record<string, unknown>,
) {
  const api = new FakeTenantsApi(createScenario('many'));
  await act(async () => {
    renderInTestApp(
      <Field
        onChange={() => undefined}
        schema={{ title: 'Field' }}
        uiSchema={{}}
        {...props}
      />,
      {
        apis: [[tenantsApiRef, api]],
        mountedRoutes: { '/tenants': rootRouteRef },
      },
    );
  });
}

/** What the form is told when this environment was chosen; `undefined` lets it go on. */
async function complaintOf(
  environment: string,
  more: { formData?: object; options?: object; isDown?: boolean } = {},
) {
  const { formData = { tenant, environment }, options, isDown } = more;
  const api = new FakeTenantsApi(createScenario('many'));
  if (isDown) {
    api.operations.listRevisions = () => Promise.reject(new Error('down'));
  }
  const complaints: string[] = [];
  await checkEnvironment(
    environment,
    { addError: (text: string) => complaints.push(text) } as never,
    {
      apiHolder: {
        get: ref => (ref.id === tenantsApiRef.id ? (api as never) : undefined),
      },
      formData: { ...formData },
      schema: {},
      uiSchema: { 'ui:options': options } as never,
    },
  );
  return complaints[0];
}

describe('an environment that was not made through this portal', () => {
  it('must be adopted first, and leads to where that can be done', async () => {
    await show(TenantEnvironmentField, {
      formData: FOREIGN,
      formContext: { formData: { tenant } },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `What ${FOREIGN} shall be is not known: it was not made through this portal. Adopt it first.`,
    );
    expect(
      screen.getByRole('link', { name: `Open ${TENANT} to adopt it` }),
    ).toHaveAttribute('href', `/tenants/t/${TENANT}/overview`);
  });

  it.each(['add', 'upgrade'])(
    'has no modules to choose from in the mode %s',
    async mode => {
      await show(TenantModulesField, {
        uiSchema: { 'ui:options': { mode } },
        formContext: { formData: { tenant, environment: FOREIGN } },
      });
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Adopt it first',
      );
      expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    },
  );

  it('stops the form where it is chosen', async () => {
    expect(await complaintOf(FOREIGN)).toBe(
      `${FOREIGN} of ${TENANT} was not made through this portal. Adopt it first, on the page of the tenant.`,
    );
  });

  it('may be chosen by templates that say so', async () => {
    const options = { unmanaged: true };
    expect(await complaintOf(FOREIGN, { options })).toBeUndefined();
  });
});

it('lets the form go on with an environment of ours', async () => {
  expect(await complaintOf(OURS)).toBeUndefined();
});

it('leaves to the task what cannot be asked now', async () => {
  expect(await complaintOf(FOREIGN, { isDown: true })).toBeUndefined();
  expect(await complaintOf(FOREIGN, { formData: {} })).toBeUndefined();
});

it('says nothing of adopting where the environment is ours', async () => {
  await show(TenantModulesField, {
    uiSchema: { 'ui:options': { mode: 'add' } },
    formContext: { formData: { tenant, environment: OURS } },
  });
  expect((await screen.findAllByRole('checkbox')).length).toBeGreaterThan(0);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
