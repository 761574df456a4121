// SPDX-License-Identifier: Apache-2.0
import {
  resourceName,
  type CustomKind,
  type HealthExtension,
} from '@tenantry/backstage-plugin-tenants-node';
import { watchedKindNames, watchedType } from '../informers/watchedKinds';

/** Named limits on what modules may add. Each kind is one more connection to each cluster. */
export const CUSTOM_KIND_LIMITS = { kinds: 20, fields: 16, depth: 8 } as const;

const DNS_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;

/** The kinds that modules add while the backend starts. */
export class CustomKinds implements HealthExtension {
  private readonly kinds = new Map<string, CustomKind>();

  /** @throws Error that names the kind and the rule it breaks */
  addKind(kind: CustomKind): void {
    const name = resourceName(kind.type);
    const problem = this.problemOf(kind, name);
    if (problem !== undefined) {
      throw new Error(
        `The health check for ${JSON.stringify(name)} is refused: ${problem}`,
      );
    }
    this.kinds.set(name, kind);
  }

  /** In an order that does not depend on that of the modules. */
  list(): readonly CustomKind[] {
    return [...this.kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(e => e[1]);
  }

  private problemOf({ type, fields }: CustomKind, name: string) {
    if (this.kinds.has(name)) {
      return 'another module has added one for it. Install only one of the two.';
    }
    if (this.kinds.size >= CUSTOM_KIND_LIMITS.kinds) {
      return `there are ${CUSTOM_KIND_LIMITS.kinds} already, which is the limit.`;
    }
    return explainType(type) ?? explainFields(fields ?? {});
  }
}

function explainType(type: CustomKind['type']): string | undefined {
  const { group, version, resource, kind, namespaced } = type;
  if (watchedKindNames.some(known => watchedType(known).kind === kind)) {
    return `the product judges ${kind} itself, and kinds are shown by their name.`;
  }
  if (!namespaced) {
    return 'it is not namespaced, so its objects belong to no tenant.';
  }
  const fits =
    DNS_NAME.test(group) &&
    LABEL.test(version) &&
    LABEL.test(resource) &&
    KIND.test(kind);
  return fits
    ? undefined
    : 'group, version, resource (the plural) and kind must be as the API server names them.';
}

function explainFields(
  fields: NonNullable<CustomKind['fields']>,
): string | undefined {
  const paths = Object.values(fields);
  const { fields: most, depth } = CUSTOM_KIND_LIMITS;
  const fits =
    paths.length <= most &&
    paths.every(path => path.length > 0 && path.length <= depth);
  return fits
    ? undefined
    : `it may read at most ${most} fields, each by a path of 1 to ${depth} names.`;
}
