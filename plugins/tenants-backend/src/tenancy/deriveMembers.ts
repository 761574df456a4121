// SPDX-License-Identifier: Apache-2.0
import { compareText } from '../health';
import { parseOwner } from './parseOwner';
import type { TenantCluster } from './TenantGroup';

/** A subject of a RoleBinding. */
export type Subject = {
  readonly kind: string;
  readonly name: string;
  readonly cluster: string;
};

/** Names the catalogue’s user or group behind a subject; `undefined` when it is not known for sure. */
export type SubjectToEntityRef = (subject: Subject) => string | undefined;

/** Takes the subject’s name for the entity’s name. The cluster’s own users and groups (`system:…`) are nobody of the catalogue. */
export function subjectByName({ kind, name }: Subject): string | undefined {
  if ((kind !== 'Group' && kind !== 'User') || /[:/]/.test(name)) {
    return undefined;
  }
  return parseOwner(`${kind}:default/${name}`);
}

/** Who holds a role in the tenant’s namespaces, by reference. */
export function deriveMembers(
  clusters: readonly TenantCluster[],
  toEntityRef: SubjectToEntityRef,
): string[] {
  const members = new Set<string>();
  for (const { view, namespaces } of clusters) {
    const subjects = namespaces
      .flatMap(({ name }) => view.listers.rolebindings.byNamespace(name))
      .flatMap(binding => binding.subjects);
    for (const { kind, name } of subjects) {
      const ref = toEntityRef({ kind, name, cluster: view.name });
      if (ref !== undefined) members.add(ref);
    }
  }
  return [...members].sort(compareText);
}
