// SPDX-License-Identifier: Apache-2.0
import type { Permission } from '@backstage/plugin-permission-common';

/**
 * One row of the table that the checks, the documentation and the permission tests are made from.
 *
 * @public
 */
export type RouteRule = {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  /** `undefined` only for the health route, which tells nothing about tenants. */
  readonly permission: Permission | undefined;
  /** `each`: filtered per tenant · `one`: the tenant in the path · `subscriptions`: each subscription is checked by its kind · `request`: the permission follows from the body or the operation, see `operationPermissions`. */
  readonly scope: 'none' | 'one' | 'each' | 'subscriptions' | 'request';
  /** Backstage allows services everything without asking the policy, so what streams, reads logs or names people is for users only, unless `tenants.serviceAccess` lists the service. */
  readonly callers: readonly ('user' | 'service')[];
  /** What a request is counted as: most are answered from memory, `expensive` ones make a cluster or the database work. */
  readonly cost: 'none' | 'cheap' | 'expensive';
  readonly purpose: string;
};
