// SPDX-License-Identifier: Apache-2.0
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { TenantRow } from '@tenantry/backstage-plugin-tenants-common';

/** Names the tenant that an entity stands for. */
const ANNOTATION_TENANT = 'tenantry.dev/tenant';

/** What an entity needs beside the tenant. */
export type TenantEntityOptions = {
  /** Owner of a tenant that names none. */
  readonly defaultOwner: string;
  /** Where the portal's pages are, without a slash at the end: the catalogue refuses relative links. */
  readonly appUrl: string;
};

const CATALOG_TAG = /^[a-z0-9+#]+(-[a-z0-9+#]+)*$/;
const MAX_TAG_LENGTH = 63;

function isTag(text: string): boolean {
  return text.length <= MAX_TAG_LENGTH && CATALOG_TAG.test(text);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function describe(row: TenantRow): string {
  const environments = distinct(row.environments.map(e => e.name));
  const clusters = distinct(row.environments.map(e => e.cluster));
  return `Tenant with ${environments.join(', ')} on ${clusters.join(', ')}.`;
}

/**
 * A tenant as a catalogue entity. Only facts that change slowly: health, pods and members stay out, because
 * each change of an entity costs the catalogue a write, and membership is nobody else's business.
 */
export function toTenantEntity(
  row: TenantRow,
  { defaultOwner, appUrl }: TenantEntityOptions,
): Entity {
  const location = `tenants:${row.name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: row.name,
      namespace: 'default',
      description: describe(row),
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_TENANT]: row.name,
      },
      tags: row.tier !== undefined && isTag(row.tier) ? [row.tier] : [],
      links: [
        {
          url: `${appUrl}/tenants/t/${row.name}`,
          title: 'Health, workloads and logs',
          icon: 'dashboard',
        },
      ],
    },
    spec: { type: 'tenant', owner: row.owner ?? defaultOwner },
  };
}
