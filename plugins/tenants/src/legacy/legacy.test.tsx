// SPDX-License-Identifier: Apache-2.0
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route } from 'react-router-dom';
import { renderLegacyApp } from '../__testUtils__/renderLegacyApp';
import {
  EntityModuleCard,
  EntityTenantCard,
  EntityTenantContent,
  isModuleEntity,
  isTenantEntity,
  MyTenantsCard,
  TenantClusterFieldExtension,
  TenantEnvironmentFieldExtension,
  TenantModulesFieldExtension,
  TenantNameFieldExtension,
  TenantsPage,
  TenantTierFieldExtension,
} from '../legacy';
import { FakeTenantsApi } from '../testing/FakeTenantsApi';
import { createScenario } from '../testing/Scenario';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name: 'core',
    annotations: { 'tenantry.dev/tenant': 'analytics-core' },
  },
  spec: { type: 'tenant', owner: 'group:default/team-analytics' },
};
const moduleEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'airflow',
    annotations: { 'tenantry.dev/module': 'airflow' },
  },
  spec: { type: 'tenant-module', owner: 'group:default/platform-team' },
};

function open(path: string) {
  renderLegacyApp({
    path,
    api: new FakeTenantsApi(createScenario('many')),
    routes: (
      <>
        <Route path="/customers" element={<TenantsPage />} />
        <Route
          path="/card"
          element={
            <EntityProvider entity={entity}>
              <EntityTenantCard />
            </EntityProvider>
          }
        />
        <Route path="/fields" element={<FieldNames />} />
        <Route
          path="/tab"
          element={
            <EntityProvider entity={entity}>
              <EntityTenantContent />
            </EntityProvider>
          }
        />
        <Route
          path="/quota"
          element={
            <EntityProvider entity={entity}>
              <EntityTenantContent part="quota" />
            </EntityProvider>
          }
        />
        <Route
          path="/module"
          element={
            <EntityProvider entity={moduleEntity}>
              <EntityModuleCard />
            </EntityProvider>
          }
        />
        <Route path="/home" element={<MyTenantsCard />} />
      </>
    ),
  });
}

/** What the scaffolder’s page of such an app does with the fields below it. */
function FieldNames() {
  const outlet = (
    <ScaffolderFieldExtensions>
      <TenantNameFieldExtension />
      <TenantClusterFieldExtension />
      <TenantTierFieldExtension />
      <TenantEnvironmentFieldExtension />
      <TenantModulesFieldExtension />
    </ScaffolderFieldExtensions>
  );
  const fields = useCustomFieldExtensions(outlet);
  return <p>{fields.map(({ name }) => name).join(' ')}</p>;
}

const aTenant = { name: /analytics-core/ };

describe('an app of the old frontend system', () => {
  it('lists tenants below the path that it chose', async () => {
    open('/customers');
    expect(await screen.findByRole('row', aTenant)).toHaveTextContent(
      'OOMKilled',
    );
    expect(screen.getByRole('tab', { name: 'Modules' })).toHaveAttribute(
      'href',
      '/customers/modules',
    );
  });

  it('opens a tenant from the list', async () => {
    open('/customers');
    const row = await screen.findByRole('row', aTenant);
    await userEvent.click(row);
    expect(
      await screen.findByRole('heading', { name: 'analytics-core', level: 1 }),
    ).toBeInTheDocument();
  });

  it('opens a deep link to a tab of a tenant', async () => {
    open('/customers/t/analytics-core/workloads');
    expect(
      await screen.findByRole('button', {
        name: 'Show the pods of airflow-worker',
      }),
    ).toBeInTheDocument();
  });

  it('shows its own page where there is none', async () => {
    open('/customers/no/such/page');
    expect(
      await screen.findByText('The old app has no such page'),
    ).toBeInTheDocument();
  });

  it('has the card on the entity of a tenant', async () => {
    open('/card');
    expect(
      await screen.findByRole('link', { name: 'Open tenant' }),
    ).toHaveAttribute('href', '/customers/t/analytics-core/overview');
  });

  it('has the tab on the entity of a tenant', async () => {
    open('/tab');
    expect(await screen.findByText('What runs')).toBeInTheDocument();
  });

  it('has the other parts of a tenant as tabs too', async () => {
    open('/quota');
    const [table] = await screen.findAllByRole('table', {
      name: 'Used and left',
    });
    expect(table).toHaveTextContent(/cpu/i);
    expect(screen.queryByText('What runs')).not.toBeInTheDocument();
  });

  it('has the card on the entity of a module', async () => {
    open('/module');
    expect(
      await screen.findByRole('link', { name: 'Open module' }),
    ).toHaveAttribute('href', '/customers/modules/m/airflow/overview');
  });

  it('has the card for the home page', async () => {
    open('/home');
    expect(await screen.findByText(/No tenant is yours/)).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'My tenants' }),
    ).toBeInTheDocument();
  });

  it('has the form fields that the templates name', async () => {
    open('/fields');
    expect(
      await screen.findByText(
        'TenantNameField TenantClusterField TenantTierField TenantEnvironmentField TenantModulesField',
      ),
    ).toBeInTheDocument();
  });
});

describe('the types of entities', () => {
  it('tell tenants and modules from others', () => {
    const database = { ...entity, spec: { type: 'database' } };
    const entities = [entity, moduleEntity, database];
    expect(entities.map(isTenantEntity)).toEqual([true, false, false]);
    expect(entities.map(isModuleEntity)).toEqual([false, true, false]);
    expect(isTenantEntity({ ...entity, kind: 'Component' })).toBe(false);
    expect(isModuleEntity({ ...moduleEntity, kind: 'Resource' })).toBe(false);
  });
});
