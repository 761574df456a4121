// SPDX-License-Identifier: Apache-2.0
import { mockServices } from '@backstage/backend-test-utils';
import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { ModuleSummary } from '@tenantry/backstage-plugin-tenants-common';
import { entityOptions } from '../__testUtils__/entityOptions';
import { ModuleEntityProvider } from './ModuleEntityProvider';
import { toModuleEntity } from './toModuleEntity';

const superset: ModuleSummary = {
  name: 'superset',
  displayName: 'Superset',
  description: 'Dashboards on SQL.',
  category: 'analytics',
  owner: 'group:default/team-bi',
  scope: 'tenant',
  lifecycle: 'production',
  defaultRelease: '4.1.0',
  releaseCount: 2,
  requires: ['postgres', 'sql'],
  tenants: 3,
  behind: 1,
  health: { Healthy: 3 },
};
const options = {
  ...entityOptions,
  modules: new Set(['superset', 'postgres']),
};
const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'tenantry-create-tenant' },
};

describe('a module’s entity', () => {
  const entity = toModuleEntity(superset, options);

  it('is a component with a namespace of its own that depends on the modules it requires', () => {
    expect(entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name: 'superset',
        namespace: 'tenant-modules',
        title: 'Superset',
        tags: ['analytics'],
        links: [{ url: 'https://portal.example/tenants/modules/m/superset' }],
      },
      spec: {
        type: 'tenant-module',
        lifecycle: 'production',
        owner: 'group:default/team-bi',
        dependsOn: ['component:tenant-modules/postgres'],
      },
    });
  });

  it('has the links of its definition, so many at most', () => {
    const link = (at: number) => ({
      title: `Part ${at}`,
      url: `https://docs.example/${at}`,
    });
    const links = Array.from({ length: 30 }, (_, at) => link(at));
    const { metadata } = toModuleEntity({ ...superset, links }, options);
    expect(metadata.links).toHaveLength(11);
    expect(metadata.links?.[1]).toEqual(link(0));
  });

  it('is one that the catalogue takes', async () => {
    const policies = EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    await expect(policies.enforce(entity)).resolves.toEqual(entity);
    const isComponent = componentEntityV1alpha1Validator.check(entity);
    await expect(isComponent).resolves.toBe(true);
  });

  it('says nothing of who runs it', () => {
    const other = { ...superset, tenants: 9, behind: 4, health: {} };
    expect(toModuleEntity(other, options)).toEqual(entity);
  });
});

describe('the provider of modules', () => {
  async function connect() {
    const mutations: EntityProviderMutation[] = [];
    const state: { modules?: Entity[] } = {};
    const provider = new ModuleEntityProvider({
      readModules: async () => state.modules,
      templates: [template],
      taskRunner: { run: async () => {} },
      logger: mockServices.logger.mock(),
    });
    await provider.connect({
      applyMutation: async mutation => void mutations.push(mutation),
      refresh: async () => {},
    });
    return { provider, mutations, state };
  }

  it('adds the templates and removes nothing while no definitions are loaded', async () => {
    const { provider, mutations } = await connect();
    await provider.refresh();
    expect(mutations).toMatchObject([
      { type: 'delta', added: [{ entity: template }], removed: [] },
    ]);
  });

  it('replaces everything when the definitions are there, and writes only when they differ', async () => {
    const { provider, mutations, state } = await connect();
    state.modules = [toModuleEntity(superset, options)];
    await provider.refresh();
    await provider.refresh();
    expect(mutations).toHaveLength(1);
    expect(mutations[0]).toMatchObject({
      type: 'full',
      entities: [
        { locationKey: 'tenants-modules' },
        { entity: template, locationKey: 'tenants-modules' },
      ],
    });
    state.modules = [];
    await provider.refresh();
    expect(mutations[1]).toMatchObject({
      type: 'full',
      entities: [{ entity: template }],
    });
  });
});
