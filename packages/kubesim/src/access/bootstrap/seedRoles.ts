// SPDX-License-Identifier: Apache-2.0
import type { Objects } from '../../storage/Objects';
import { RBAC_GROUP } from '../RoleRules';
import { AggregatedRoles } from './AggregatedRoles';
import { DEFAULT_BINDINGS, DEFAULT_ROLES } from './defaultRoles';
import { clusterRole, clusterRoleBinding } from './roleRow';

/** Makes the roles and bindings a cluster starts with, and keeps gathered roles up to date. */
export function seedRoles(objects: Objects): void {
  for (const row of DEFAULT_ROLES)
    objects.create(`clusterroles.${RBAC_GROUP}`, clusterRole(row));
  for (const row of DEFAULT_BINDINGS)
    objects.create(
      `clusterrolebindings.${RBAC_GROUP}`,
      clusterRoleBinding(row),
    );
  new AggregatedRoles(objects).start();
}
