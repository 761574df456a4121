// SPDX-License-Identifier: Apache-2.0
import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import { loadTemplates } from './loadTemplates';

const pullRequest = {
  action: 'publish:github:pull-request',
  repoUrl: 'github.com?owner=acme&repo=platform',
};
const all = loadTemplates({
  templates: true,
  templateOwner: 'group:default/platform-team',
  pullRequest,
});

it.each(all.map(entity => [entity.metadata.name, entity]))(
  '%s is a template that the catalogue takes, owned by the platform team',
  async (name, entity) => {
    const policies = EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    await expect(policies.enforce(entity)).resolves.toEqual(entity);
    const isTemplate = templateEntityV1beta3Validator.check(entity);
    await expect(isTemplate).resolves.toBe(true);
    expect(name).toMatch(/^tenantry-/);
    expect(entity.spec?.owner).toBe('group:default/platform-team');
  },
);

it('offers to open a pull request only where it is configured, by the configured action', () => {
  const names = (entities: typeof all) => entities.map(e => e.metadata.name);
  const direct = loadTemplates({
    templates: true,
    templateOwner: 'unknown',
    pullRequest: undefined,
  });
  expect(names(direct)).toEqual([
    'tenantry-create-tenant',
    'tenantry-add-module',
    'tenantry-upgrade-module',
    'tenantry-change-tier',
    'tenantry-manage-members',
    'tenantry-decommission-tenant',
  ]);
  expect(names(all).slice(direct.length)).toEqual([
    'tenantry-create-tenant-pull-request',
  ]);
  expect(all[all.length - 1].spec).toMatchObject({
    steps: [
      { action: 'tenants:render' },
      {
        action: 'publish:github:pull-request',
        input: { repoUrl: pullRequest.repoUrl },
      },
    ],
  });
});

it('adds no templates where they are switched off', () => {
  expect(
    loadTemplates({ templates: false, templateOwner: 'x', pullRequest }),
  ).toEqual([]);
});
