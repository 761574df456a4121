// SPDX-License-Identifier: Apache-2.0
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  isPermission,
  type ConditionalPolicyDecision,
  type Permission,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  taskCancelPermission,
  taskReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';

/** Who stands before a door of another plugin. */
type Visitor = {
  readonly userEntityRef: string;
  /** The user and the groups whose things the user owns. */
  readonly refs: readonly string[];
};

type Door = (permission: Permission, visitor: Visitor) => PolicyDecision;

const deny: PolicyDecision = { result: AuthorizeResult.DENY };

const tenantEntityOfOwner: Door = (_, { refs }) => {
  const isTenant: PermissionCriteria<PermissionCondition<'catalog-entity'>> = {
    allOf: [
      catalogConditions.isEntityKind({ kinds: ['resource'] }),
      catalogConditions.hasSpec({ key: 'type', value: 'tenant' }),
    ],
  };
  return createCatalogConditionalDecision(catalogEntityReadPermission, {
    anyOf: [
      { not: isTenant },
      catalogConditions.isEntityOwner({ claims: [...refs] }),
    ],
  });
};

/** The decision as the scaffolder’s own builder makes it, without depending on its backend. */
const ownTask: Door = (_, { userEntityRef }): ConditionalPolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'scaffolder',
  resourceType: 'scaffolder-task',
  conditions: {
    rule: 'IS_TASK_OWNER',
    resourceType: 'scaffolder-task',
    params: { createdBy: [userEntityRef] },
  },
});

/**
 * Ways of other plugins to what belongs to tenants. Tasks are here because their parameters and logs show
 * what was ordered for a tenant.
 */
const doors: readonly (readonly [Permission, Door])[] = [
  [catalogEntityReadPermission, tenantEntityOfOwner],
  [kubernetesProxyPermission, () => deny],
  [kubernetesResourcesReadPermission, () => deny],
  [taskReadPermission, ownTask],
  [taskCancelPermission, ownTask],
];

/** What somebody outside the platform team may do at a door; `undefined` when the permission is none. */
export function decideDoor(
  permission: Permission,
  visitor: Visitor,
): PolicyDecision | undefined {
  const door = doors.find(([guarded]) => isPermission(permission, guarded));
  return door?.[1](permission, visitor);
}
