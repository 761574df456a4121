// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import { qualityOfService } from '../kinds/podDefaults';
import { invalid } from '../storage/ApiError';
import { recordOf, recordsOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';

const CONFLICTS: readonly (readonly [string, string])[] = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
];
const SCOPES: ReadonlySet<string> = new Set([
  ...CONFLICTS.flat(),
  'PriorityClass',
  'CrossNamespacePodAffinity',
]);
const COMPUTE = /^(requests\.|limits\.)?(cpu|memory)$/;
/** Names every quota may use, whatever kinds there are: those of objects by count and of devices are others. */
const STANDARD =
  /^(((requests\.|limits\.)?(cpu|memory|ephemeral-storage))|requests\.storage|persistentvolumeclaims|pods|services(\.nodeports|\.loadbalancers)?|replicationcontrollers|resourcequotas|secrets|configmaps)$/;

/** @throws ApiError 422 for scopes that contradict each other or what is counted */
export function checkScopes(kind: Kind, quota: KubeObject): void {
  const given = Array.isArray(quota.spec?.scopes)
    ? quota.spec.scopes.map(String)
    : [];
  const problems = [
    ...given.flatMap(scope => problemsOf(scope, quota)),
    ...(CONFLICTS.some(pair => pair.every(scope => given.includes(scope)))
      ? ['conflicting scopes']
      : []),
  ];
  if (problems.length === 0) return;
  const list = given.map(scope => JSON.stringify(scope)).join(', ');
  const causes = problems.map(problem => ({
    reason: 'FieldValueInvalid',
    message: `Invalid value: []core.ResourceQuotaScope{${list}}: ${problem}`,
    field: 'spec.scopes',
  }));
  throw invalid(kind, quota.metadata.name, causes);
}

function problemsOf(scope: string, quota: KubeObject): string[] {
  if (!SCOPES.has(scope)) return ['unsupported scope'];
  const fitting = (key: string) =>
    key === 'pods' || (scope !== 'BestEffort' && COMPUTE.test(key));
  return Object.keys(recordOf(quota.spec?.hard))
    .filter(key => STANDARD.test(key) && !fitting(key))
    .map(() => 'unsupported scope applied to resource');
}

/** Whether a quota counts this object: one with scopes counts only the pods they fit. */
export function isCounted(
  quota: KubeObject,
  kind: Kind,
  object: KubeObject,
): boolean {
  const scopes = scopesOf(quota);
  if (scopes.length === 0) return true;
  return (
    kind.resource === 'pods' &&
    scopes.every(scope => fits(scope, object.spec ?? {}))
  );
}

function scopesOf({ spec }: KubeObject): JsonRecord[] {
  const named = Array.isArray(spec?.scopes) ? spec.scopes : [];
  const selector = recordOf(spec?.scopeSelector);
  return [
    ...named.map(scopeName => ({ scopeName, operator: 'Exists' })),
    ...recordsOf(selector.matchExpressions),
  ];
}

function fits(scope: JsonRecord, pod: JsonRecord): boolean {
  switch (scope.scopeName) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return qualityOfService(pod) === 'BestEffort';
    case 'NotBestEffort':
      return qualityOfService(pod) !== 'BestEffort';
    case 'PriorityClass':
      return classFits(scope, textOf(pod.priorityClassName) ?? '');
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod);
    default:
      return false;
  }
}

function isTerminating({ activeDeadlineSeconds }: JsonRecord): boolean {
  return (
    typeof activeDeadlineSeconds === 'number' && activeDeadlineSeconds >= 0
  );
}

function classFits({ operator, values }: JsonRecord, name: string): boolean {
  const among = Array.isArray(values) && values.includes(name);
  switch (operator) {
    case 'In':
      return among;
    case 'NotIn':
      return !among;
    case 'DoesNotExist':
      return name === '';
    default:
      return name !== '';
  }
}

function crossesNamespaces(pod: JsonRecord): boolean {
  const affinity = recordOf(pod.affinity);
  return ['podAffinity', 'podAntiAffinity'].some(key => {
    const rules = recordOf(affinity[key]);
    const preferred = recordsOf(
      rules.preferredDuringSchedulingIgnoredDuringExecution,
    ).map(item => recordOf(item.podAffinityTerm));
    const required = recordsOf(
      rules.requiredDuringSchedulingIgnoredDuringExecution,
    );
    return [...required, ...preferred].some(
      ({ namespaces, namespaceSelector }) =>
        (Array.isArray(namespaces) && namespaces.length > 0) ||
        (namespaceSelector !== undefined && namespaceSelector !== null),
    );
  });
}
