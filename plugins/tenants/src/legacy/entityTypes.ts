// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';

/**
 * Says whether a catalogue entity is a tenant: for `EntitySwitch.Case` and the `if` of an entity page's tab.
 *
 * @public
 */
export function isTenantEntity(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'resource' &&
    entity.spec?.type === 'tenant'
  );
}

/**
 * Says whether a catalogue entity is a module definition.
 *
 * @public
 */
export function isModuleEntity(entity: Entity): boolean {
  return (
    entity.kind.toLocaleLowerCase('en-US') === 'component' &&
    entity.spec?.type === 'tenant-module'
  );
}
