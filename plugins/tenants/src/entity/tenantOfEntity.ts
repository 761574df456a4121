// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';

/** Annotation of an entity that names its tenant. */
export const TENANT_ANNOTATION = 'tenantry.dev/tenant';

/** The tenant an entity stands for: as its annotation says, else its own name. */
export function tenantOfEntity(entity: Entity): string {
  return (
    entity.metadata.annotations?.[TENANT_ANNOTATION] ?? entity.metadata.name
  );
}
