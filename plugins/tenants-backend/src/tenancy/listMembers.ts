// SPDX-License-Identifier: Apache-2.0
import type { Member, Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { ClusterView } from '../informers/Lister';
import type { SubjectToEntityRef } from './deriveMembers';

type Environment = Tenant['environments'][number];
type Binding = ReturnType<
  ClusterView['listers']['rolebindings']['byNamespace']
>[number];

/**
 * Every subject that holds a role in a tenant’s namespaces, once per binding; sorted, so that pages hold together.
 *
 * @param viewOf - The cluster of that name; `undefined` when it is not watched (its members are then left out).
 */
export function listMembers(
  tenant: Pick<Tenant, 'environments'>,
  viewOf: (cluster: string) => ClusterView | undefined,
  toEntityRef: SubjectToEntityRef,
): Member[] {
  return tenant.environments
    .flatMap(environment =>
      environment.namespaces
        .flatMap(
          name =>
            viewOf(environment.cluster)?.listers.rolebindings.byNamespace(
              name,
            ) ?? [],
        )
        .flatMap(binding => membersOf(binding, environment, toEntityRef)),
    )
    .sort((a, b) => compareText(sortKey(a), sortKey(b)));
}

function membersOf(
  binding: Binding,
  { name: environment, cluster }: Environment,
  toEntityRef: SubjectToEntityRef,
): Member[] {
  const { role } = binding;
  return binding.subjects.flatMap(({ kind, name, namespace }) => {
    if (kind !== 'User' && kind !== 'Group' && kind !== 'ServiceAccount') {
      return [];
    }
    return {
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      entityRef: toEntityRef({ kind, name, cluster }),
      role: role.name,
      roleKind: role.kind === 'ClusterRole' ? 'ClusterRole' : 'Role',
      binding: binding.name,
      bindingNamespace: binding.namespace ?? '',
      environment,
      cluster,
    } satisfies Member;
  });
}

function sortKey(member: Member): string {
  const { environment, cluster, kind, name, role, binding, bindingNamespace } =
    member;
  // No part holds a line break, so the parts cannot run into each other.
  return [
    environment,
    cluster,
    kind,
    name,
    role,
    bindingNamespace,
    binding,
  ].join('\n');
}
