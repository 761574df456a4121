// SPDX-License-Identifier: Apache-2.0

/**
 * A kind as the API server serves it.
 *
 * @public
 */
export type ResourceType = {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural, as in paths. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
};

/** Says a kind the way `kubectl` prints it: `pods`, `deployments.apps`. @public */
export function resourceName(type: ResourceType): string {
  return type.group === '' ? type.resource : `${type.resource}.${type.group}`;
}
