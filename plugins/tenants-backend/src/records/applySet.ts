// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';

/** Label of a parent: its ApplySet’s id. */
export const APPLY_SET_ID = 'applyset.kubernetes.io/id';
/** Label of a member: the id of the ApplySet it belongs to. */
export const APPLY_SET_PART_OF = 'applyset.kubernetes.io/part-of';
/** Annotations of a parent. */
export const APPLY_SET_ANNOTATIONS = {
  tooling: 'applyset.kubernetes.io/tooling',
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
  namespaces: 'applyset.kubernetes.io/additional-namespaces',
} as const;

/** Which environment a record is of. */
export type RecordKey = {
  readonly tenant: string;
  readonly environment: string;
};

/** The name of an environment’s ConfigMap. The dot is in no tenant’s or environment’s name, so no two share one. */
export function recordName({ tenant, environment }: RecordKey): string {
  return `tenantry-${tenant}.${environment}`;
}

/**
 * The id of the ApplySet whose parent is an environment’s record.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-cli/3659-kubectl-apply-prune
 */
export function applySetIdOf(key: RecordKey, systemNamespace: string): string {
  const parent = `${recordName(key)}.${systemNamespace}.ConfigMap.`;
  const hash = createHash('sha256').update(parent).digest('base64url');
  return `applyset-${hash}-v1`;
}

/** A kind, given as `apiVersion/Kind`, as ApplySets name it: `ConfigMap`, `Deployment.apps`. */
export function groupKind(key: string): string {
  const parts = key.split('/');
  const kind = parts.at(-1) ?? '';
  return parts.length > 2 ? `${kind}.${parts[0]}` : kind;
}
