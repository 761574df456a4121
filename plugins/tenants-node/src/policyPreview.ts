// SPDX-License-Identifier: Apache-2.0
import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type {
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

/**
 * Says what the portal’s policy would decide for somebody who is not asking. Nothing is granted by it:
 * “view as” shows less by it, never more.
 *
 * @param ownershipEntityRefs - The user and all groups whose things the user owns, as entity references.
 * @public
 */
export type PolicyPreview = (
  permission: Permission,
  ownershipEntityRefs: readonly string[],
) => Promise<PolicyDecision>;

/**
 * The place where a policy leaves its preview for the Tenantry backend, in one process.
 *
 * @public
 */
export interface PolicyPreviewRegistry {
  /** The last call wins. */
  provide(preview: PolicyPreview): void;
  /** `undefined` when the portal’s policy offers none. */
  get(): PolicyPreview | undefined;
}

/** The process’s one {@link PolicyPreviewRegistry}, shared by all plugins; empty until a policy’s module provides something. @public */
export const policyPreviewRegistryRef = createServiceRef<PolicyPreviewRegistry>(
  {
    id: 'tenants.policy-preview-registry',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {},
        factory: createPolicyPreviewRegistry,
      }),
  },
);

/** Makes an empty registry. @public */
export function createPolicyPreviewRegistry(): PolicyPreviewRegistry {
  let current: PolicyPreview | undefined;
  return {
    provide: preview => {
      current = preview;
    },
    get: () => current,
  };
}
