// SPDX-License-Identifier: Apache-2.0
import { equalJson, recordOf, recordsOf } from '../../storage/json';
import type { KubeObject, Objects } from '../../storage/Objects';
import { selectorMatches } from '../../storage/selectors/LabelSelector';
import { RBAC_GROUP } from '../RoleRules';

const RESOURCE = `clusterroles.${RBAC_GROUP}`;

/** Keeps the rules of ClusterRoles that gather those of others. */
export class AggregatedRoles {
  constructor(private readonly objects: Objects) {}

  start(): void {
    this.gatherAll();
    this.objects.onChange(({ resource }) => {
      if (resource === RESOURCE) this.gatherAll();
    });
  }

  /** A role changed here is heard of again, so that roles gathered from gathered ones follow. */
  private gatherAll(): void {
    const roles = this.objects.list(RESOURCE);
    for (const role of roles) {
      if (!role.aggregationRule) continue;
      const rules = gathered(role, roles);
      if (equalJson(rules, role.rules ?? [])) continue;
      this.objects.modify(RESOURCE, { name: role.metadata.name }, draft => {
        draft.rules = rules;
      });
    }
  }
}

function gathered(role: KubeObject, roles: readonly KubeObject[]): unknown[] {
  const selectors = recordsOf(
    recordOf(role.aggregationRule).clusterRoleSelectors,
  );
  const chosen = roles.filter(
    other =>
      other.metadata.name !== role.metadata.name &&
      selectors.some(selector =>
        selectorMatches(selector, other.metadata.labels ?? {}),
      ),
  );
  const rules: unknown[] = [];
  for (const rule of chosen.flatMap(other => recordsOf(other.rules)))
    if (!rules.some(known => equalJson(known, rule))) rules.push(rule);
  return rules;
}
