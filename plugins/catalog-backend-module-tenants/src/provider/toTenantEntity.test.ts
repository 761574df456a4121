// SPDX-License-Identifier: Apache-2.0
import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import { entityOptions } from '../__testUtils__/entityOptions';
import { toTenantEntity } from './toTenantEntity';

const environment = {
  code: 'Healthy' as const,
  state: 'Active',
  freshness: 'synced' as const,
};
const row: TenantRow = {
  name: 'payments',
  version: 'v1',
  owner: 'group:default/team-payments',
  tier: 'gold',
  health: { code: 'Degraded', counts: {} } as TenantRow['health'],
  environments: [
    { ...environment, name: 'prod', cluster: 'us-east' },
    { ...environment, name: 'dev', cluster: 'eu-west' },
    { ...environment, name: 'prod', cluster: 'eu-west' },
  ],
  modules: [],
  pods: { ready: 1, total: 2 },
  restarts: 3,
};
const endpoint = {
  url: 'https://bi.payments.example:8443/app',
  module: 'superset',
  environment: 'prod',
  cluster: 'eu-west',
};

const options = { ...entityOptions, modules: new Set<string>() };

it('makes a resource of type tenant that belongs to the owner and leads to its page', () => {
  expect(toTenantEntity(row, options)).toEqual({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'payments',
      namespace: 'default',
      description: 'Tenant with dev, prod on eu-west, us-east.',
      annotations: {
        'backstage.io/managed-by-location': 'tenants:payments',
        'backstage.io/managed-by-origin-location': 'tenants:payments',
        'tenantry.dev/tenant': 'payments',
      },
      tags: ['gold'],
      links: [
        {
          url: 'https://portal.example/tenants/t/payments',
          title: 'Health, workloads and logs',
          icon: 'dashboard',
        },
      ],
    },
    spec: { type: 'tenant', owner: 'group:default/team-payments' },
  });
});

it('gives a tenant without owner to the configured one', () => {
  const { spec } = toTenantEntity({ ...row, owner: undefined }, options);
  expect(spec?.owner).toBe('unknown');
});

it('leads to where its modules can be reached, and says the host', () => {
  const { metadata } = toTenantEntity(
    { ...row, endpoints: [endpoint] },
    options,
  );
  expect(metadata.links?.slice(1)).toEqual([
    {
      url: 'https://bi.payments.example:8443/app',
      // It may be broken behind the dots.
      title:
        'superset in prod on eu-west: bi.\u200bpayments.\u200bexample:8443',
    },
  ]);
});

it('leads nowhere but over http and https', () => {
  const urls = ['javascript', 'data', 'ftp'].map(
    scheme => `${scheme}://x.example/%0aalert(1)`,
  );
  const endpoints = urls.map(url => ({ ...endpoint, url }));
  const { metadata } = toTenantEntity({ ...row, endpoints }, options);
  expect(metadata.links).toHaveLength(1);
});

it('is an entity that the catalogue takes', async () => {
  const entity = toTenantEntity({ ...row, endpoints: [endpoint] }, options);
  const policies = EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new FieldFormatEntityPolicy(),
  ]);
  await expect(policies.enforce(entity)).resolves.toEqual(entity);
  await expect(resourceEntityV1alpha1Validator.check(entity)).resolves.toBe(
    true,
  );
});

it('leaves out a tier that the catalogue would refuse as a tag', () => {
  const { metadata } = toTenantEntity({ ...row, tier: 'Gold_1' }, options);
  expect(metadata.tags).toEqual([]);
});

it('depends on its modules and clusters where they have entities, and is part of the system', () => {
  const { spec } = toTenantEntity(
    { ...row, modules: ['superset', 'unheard-of'] },
    {
      ...options,
      system: 'system:default/platform',
      modules: new Set(['superset', 'postgres']),
      clusterEntities: new Map([['eu-west', 'resource:default/eu-west']]),
    },
  );
  expect(spec).toMatchObject({
    system: 'system:default/platform',
    dependsOn: [
      'component:tenant-modules/superset',
      'resource:default/eu-west',
    ],
  });
});

describe('the annotations of the stock Kubernetes tab', () => {
  const [one] = row.environments;
  const annotationsOf = (
    environments: TenantRow['environments'],
    kubernetesAnnotations = true,
  ) =>
    Object.keys(
      toTenantEntity(
        { ...row, environments },
        { ...options, kubernetesAnnotations },
      ).metadata.annotations ?? {},
    ).filter(key => key.includes('kubernetes'));

  it('are there for a tenant with exactly one namespace', () => {
    const environments = [{ ...one, namespaces: ['payments-prod'] }];
    expect(annotationsOf(environments)).toEqual([
      'backstage.io/kubernetes-label-selector',
      'backstage.io/kubernetes-namespace',
      'backstage.io/kubernetes-cluster',
    ]);
  });

  it.each([
    ['two namespaces', [{ ...one, namespaces: ['a', 'b'] }]],
    ['two environments', [{ ...one, namespaces: ['a'] }, one]],
    ['namespaces that are not known', [one]],
  ])('are not there for %s', (_what, environments) => {
    expect(annotationsOf(environments)).toEqual([]);
  });

  it('are not there unless they are asked for', () => {
    const environments = [{ ...one, namespaces: ['payments-prod'] }];
    expect(annotationsOf(environments, false)).toEqual([]);
  });
});
