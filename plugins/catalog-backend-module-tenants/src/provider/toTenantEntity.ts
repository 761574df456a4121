// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';
import type { TenantsCatalogConfig } from '../config';
import { distinct, locationAnnotations, toTags } from '../entityBasics';
import { moduleEntityRef } from '../modules/toModuleEntity';

/** Names the tenant that an entity stands for. */
const ANNOTATION_TENANT = 'tenantry.dev/tenant';

/** What an entity needs beside the tenant. */
export type TenantEntityOptions = Pick<
  TenantsCatalogConfig,
  | 'defaultOwner'
  | 'appUrl'
  | 'system'
  | 'clusterEntities'
  | 'kubernetesAnnotations'
  | 'labelPrefix'
> & {
  /** Modules that have a definition, and so an entity. */
  readonly modules: ReadonlySet<string>;
};

/**
 * A tenant as a catalogue entity. Only facts that change slowly: health, pods and members stay out, because
 * each change of an entity costs the catalogue a write, and membership is nobody else's business.
 */
export function toTenantEntity(
  row: TenantRow,
  options: TenantEntityOptions,
): Entity {
  const { defaultOwner, appUrl, system } = options;
  const dependsOn = dependenciesOf(row, options);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: row.name,
      namespace: 'default',
      description: describe(row),
      annotations: {
        ...locationAnnotations(`tenants:${row.name}`),
        [ANNOTATION_TENANT]: row.name,
        ...kubernetesAnnotations(row, options),
      },
      tags: toTags([row.tier]),
      links: [
        {
          url: `${appUrl}/tenants/t/${row.name}`,
          title: 'Health, workloads and logs',
          icon: 'dashboard',
        },
        ...endpointLinks(row),
      ],
    },
    spec: {
      type: 'tenant',
      owner: row.owner ?? defaultOwner,
      ...(system === undefined ? {} : { system }),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    },
  };
}

/** Cards of links have narrow columns: a host may be broken behind each of its dots, which takes a sign that is not seen. */
const BREAK = '\u200b';

/** Where its modules can be reached, each with its host in the title: tenants choose the hosts, and readers see where they go. */
function endpointLinks({ endpoints = [] }: TenantRow) {
  return endpoints.flatMap(({ url, module, environment, cluster }) => {
    const { protocol, host } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') return [];
    const shown = host.replaceAll('.', `.${BREAK}`);
    return [
      { url, title: `${module} in ${environment} on ${cluster}: ${shown}` },
    ];
  });
}

function describe(row: TenantRow): string {
  const environments = distinct(row.environments.map(e => e.name));
  return `Tenant with ${environments.join(', ')} on ${clustersOf(row).join(
    ', ',
  )}.`;
}

function clustersOf(row: TenantRow): string[] {
  return distinct(row.environments.map(e => e.cluster));
}

/** The modules it runs and the clusters it is on, where they have entities: a relation to nothing is shown as an error. */
function dependenciesOf(
  row: TenantRow,
  { modules, clusterEntities }: TenantEntityOptions,
): string[] {
  return [
    ...distinct(row.modules)
      .filter(name => modules.has(name))
      .map(moduleEntityRef),
    ...clustersOf(row).flatMap(name => clusterEntities.get(name) ?? []),
  ];
}

/** Only where one namespace is the whole tenant: the stock tab knows no more than one. */
function kubernetesAnnotations(
  { name, environments }: TenantRow,
  { kubernetesAnnotations: wanted, labelPrefix }: TenantEntityOptions,
): Record<string, string> {
  const [environment, ...others] = environments;
  const namespaces = environment?.namespaces ?? [];
  if (!wanted || others.length > 0 || namespaces.length !== 1) return {};
  return {
    'backstage.io/kubernetes-label-selector': `${labelPrefix}/tenant=${name}`,
    'backstage.io/kubernetes-namespace': namespaces[0],
    'backstage.io/kubernetes-cluster': environment.cluster,
  };
}
