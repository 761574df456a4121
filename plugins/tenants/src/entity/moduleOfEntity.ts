// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';

/** Annotation of an entity that names its module definition. */
export const MODULE_ANNOTATION = 'tenantry.dev/module';

/** The module an entity stands for: as its annotation says, else its own name. */
export function moduleOfEntity(entity: Entity): string {
  return (
    entity.metadata.annotations?.[MODULE_ANNOTATION] ?? entity.metadata.name
  );
}
