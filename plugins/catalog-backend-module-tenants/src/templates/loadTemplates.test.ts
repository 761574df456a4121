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
    'tenantry-add-module-pull-request',
    'tenantry-upgrade-module-pull-request',
    'tenantry-change-tier-pull-request',
    'tenantry-manage-members-pull-request',
    'tenantry-decommission-tenant-pull-request',
  ]);
});

it('offers to decommission by pull request only where the action can delete files', () => {
  const names = (action: string) =>
    loadTemplates({
      templates: true,
      templateOwner: 'unknown',
      pullRequest: { ...pullRequest, action },
    }).map(({ metadata }) => metadata.name);
  const twin = 'tenantry-decommission-tenant-pull-request';
  expect(names('publish:gitlab:merge-request')).toEqual(
    names(pullRequest.action).filter(name => name !== twin),
  );
  expect(names(pullRequest.action)).toContain(twin);
});

it('hands every file that is to go on to the pull request that decommissions', () => {
  const twin = all.find(
    ({ metadata }) =>
      metadata.name === 'tenantry-decommission-tenant-pull-request',
  );
  const [render, open] = twin?.spec?.steps as {
    id: string;
    input: Record<string, unknown>;
  }[];
  expect(render.input).toMatchObject({
    decommission: {},
    targetPath: 'clusters',
  });
  expect(open.input.filesToDelete).toBe(
    `\${{ steps.${render.id}.output.removed }}`,
  );
});

it.each(
  all
    .filter(({ metadata }) => metadata.name.endsWith('-pull-request'))
    .map(({ metadata, spec }) => [metadata.name, spec] as const),
)('%s asks for what its twin asks for, renders, and opens', (name, spec) => {
  const twin = all.find(
    ({ metadata }) => `${metadata.name}-pull-request` === name,
  );
  expect(spec?.parameters).toEqual(twin?.spec?.parameters);
  const steps = spec?.steps as { action: string; input: object }[];
  const last = steps[steps.length - 1];
  expect(last).toMatchObject({
    action: 'publish:github:pull-request',
    input: { repoUrl: pullRequest.repoUrl },
  });
  const actions = new Set(steps.slice(0, -1).map(({ action }) => action));
  expect(actions).toEqual(new Set(['tenants:render']));
});

it('adds no templates where they are switched off', () => {
  expect(
    loadTemplates({ templates: false, templateOwner: 'x', pullRequest }),
  ).toEqual([]);
});
