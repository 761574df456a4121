// SPDX-License-Identifier: Apache-2.0
import type { NewObject } from '../../storage/Objects';
import { RBAC_GROUP } from '../RoleRules';

/** A default role in short: `verbs | groups | resources` or `verbs | paths`, each a list with spaces. */
export type RoleRow = {
  readonly name: string;
  readonly rules?: readonly string[];
  /** Into which role the rules are gathered. */
  readonly into?: 'admin' | 'edit' | 'view';
  /** From which label the rules are gathered. */
  readonly from?: 'admin' | 'edit' | 'view';
};

const API_VERSION = `${RBAC_GROUP}/v1`;
const AGGREGATE = `${RBAC_GROUP}/aggregate-to-`;
const METADATA = {
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
};
const WORDS: Readonly<Record<string, readonly string[]>> = {
  READ: ['get', 'list', 'watch'],
  WRITE: ['create', 'delete', 'deletecollection', 'patch', 'update'],
  ALL: [
    'create',
    'delete',
    'deletecollection',
    'get',
    'list',
    'patch',
    'update',
    'watch',
  ],
  core: [''],
};

export function clusterRole({ name, rules, into, from }: RoleRow): NewObject {
  const labels = {
    ...METADATA.labels,
    ...(into && { [`${AGGREGATE}${into}`]: 'true' }),
  };
  const matchLabels = { [`${AGGREGATE}${from}`]: 'true' };
  return {
    ...(from && {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels }] },
    }),
    apiVersion: API_VERSION,
    kind: 'ClusterRole',
    metadata: { name, annotations: METADATA.annotations, labels },
    rules: (rules ?? []).map(ruleOf),
  };
}

/** A default role and the groups that have it in the whole cluster. */
export type BindingRow = {
  readonly role: string;
  readonly groups: readonly string[];
};

export function clusterRoleBinding({ role, groups }: BindingRow): NewObject {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterRoleBinding',
    metadata: { name: role, ...METADATA },
    subjects: groups.map(group => ({
      kind: 'Group',
      apiGroup: RBAC_GROUP,
      name: group,
    })),
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name: role },
  };
}

function ruleOf(row: string) {
  const [verbs, groups, resources] = row.split('|').map(words);
  if (resources === undefined) return { verbs, nonResourceURLs: groups };
  return { verbs, apiGroups: groups, resources };
}

function words(part: string): string[] {
  return part
    .trim()
    .split(/\s+/)
    .flatMap(word => (Object.hasOwn(WORDS, word) ? WORDS[word] : [word]));
}
