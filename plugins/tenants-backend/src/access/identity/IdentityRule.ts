// SPDX-License-Identifier: Apache-2.0
import type { Entity } from '@backstage/catalog-model';

/** Where in an entity the name stands that a cluster knows it by. */
export type IdentityField =
  | { readonly field: 'metadata.name' }
  | { readonly field: 'spec.profile.email' }
  | { readonly field: 'annotation'; readonly annotation: string };

/** How entities of one kind become subjects of a cluster: the prefix and what the field says. */
export type IdentityRule = IdentityField & { readonly prefix: string };

/** The rules of a cluster. */
export type IdentityRules = {
  readonly User: IdentityRule;
  readonly Group: IdentityRule;
};

/** The name a cluster knows an entity by; `undefined` when the entity does not say. */
export function subjectNameOf(
  entity: Entity,
  rule: IdentityRule,
): string | undefined {
  const value = readField(entity, rule);
  return typeof value === 'string' && value !== ''
    ? `${rule.prefix}${value}`
    : undefined;
}

function readField(entity: Entity, rule: IdentityField): unknown {
  if (rule.field === 'metadata.name') return entity.metadata.name;
  if (rule.field === 'annotation') {
    const { annotations = {} } = entity.metadata;
    return Object.hasOwn(annotations, rule.annotation)
      ? annotations[rule.annotation]
      : undefined;
  }
  const profile = entity.spec?.profile;
  return typeof profile === 'object' && profile !== null && 'email' in profile
    ? profile.email
    : undefined;
}
