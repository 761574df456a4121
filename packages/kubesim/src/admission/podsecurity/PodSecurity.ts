// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../../kinds/Kind';
import type { KindRegistry } from '../../kinds/KindRegistry';
import { forbidden, invalid } from '../../storage/ApiError';
import {
  equalJson,
  isRecord,
  recordOf,
  valueAt,
  type JsonRecord,
} from '../../storage/json';
import type { KubeObject } from '../../storage/Objects';
import type { ObjectStore } from '../../storage/ObjectStore';
import type { Admission, Change, WriteCall } from '../Admission';
import { BASELINE_CHECKS } from './baselineChecks';
import { podView, type PodCheck, type Violation } from './PodView';
import { RESTRICTED_CHECKS } from './restrictedChecks';

const LABEL = 'pod-security.kubernetes.io/';
const LEVELS: Readonly<Record<string, readonly PodCheck[]>> = {
  privileged: [],
  baseline: Object.values(BASELINE_CHECKS),
  restricted: [
    ...Object.entries(BASELINE_CHECKS)
      .filter(([name]) => !Object.hasOwn(RESTRICTED_CHECKS, name))
      .map(([, check]) => check),
    ...Object.values(RESTRICTED_CHECKS),
  ],
};
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'deployments.apps': ['spec', 'template'],
  'replicasets.apps': ['spec', 'template'],
  'statefulsets.apps': ['spec', 'template'],
  'daemonsets.apps': ['spec', 'template'],
  'jobs.batch': ['spec', 'template'],
  'cronjobs.batch': ['spec', 'jobTemplate', 'spec', 'template'],
  replicationcontrollers: ['spec', 'template'],
};
/** Of more pods than these a change of the level is not told. */
const MAX_PODS_LOOKED_AT = 3000;

type Mode = 'enforce' | 'warn';
type Ports = { readonly store: ObjectStore; readonly kinds: KindRegistry };

/** Holds pods to the security level their namespace’s labels ask for. What `audit` asks for goes nowhere here. */
export class PodSecurity implements Admission {
  constructor(private readonly ports: Ports) {}

  validate(kind: Kind, change: Change, call?: WriteCall): void {
    if (kind.resource === 'namespaces')
      return this.checkNamespace(kind, change, call);
    if (kind.resource === 'pods') return this.checkPod(kind, change, call);
    const path = Object.hasOwn(TEMPLATES, kind.resource)
      ? TEMPLATES[kind.resource]
      : undefined;
    const template = path && valueAt(change.draft, path);
    if (!call || !isRecord(template)) return undefined;
    const home = this.home(change.draft);
    return this.warn(home, call, partsOf(template));
  }

  private checkPod(
    kind: Kind,
    { draft, current }: Change,
    call: WriteCall | undefined,
  ): void {
    if (current && equalJson(draft.spec, current.spec)) return;
    const home = this.home(draft);
    const violations = violationsOf(home, 'enforce', partsOf(draft));
    if (violations.length > 0)
      throw forbidden(kind, draft.metadata.name, {
        why: `violates PodSecurity ${policyText(home, 'enforce')}: ${inFull(
          violations,
        )}`,
      });
    if (call) this.warn(home, call, partsOf(draft));
  }

  private warn(home: JsonRecord, call: WriteCall, pod: PodParts): void {
    const violations = violationsOf(home, 'warn', pod);
    if (violations.length > 0)
      call.warn(
        `would violate PodSecurity ${policyText(home, 'warn')}: ${inFull(
          violations,
        )}`,
      );
  }

  private checkNamespace(
    kind: Kind,
    { draft, current }: Change,
    call: WriteCall | undefined,
  ): void {
    const labels = recordOf(draft.metadata.labels);
    checkLevels(kind, draft.metadata.name, labels);
    const before = recordOf(current?.metadata.labels);
    const changed = ['enforce', 'enforce-version'].some(
      key => labels[LABEL + key] !== before[LABEL + key],
    );
    if (!current || !call || !changed) return;
    const found = this.violators(draft.metadata.name, labels);
    if (found.size === 0) return;
    call.warn(
      `existing pods in namespace ${JSON.stringify(
        draft.metadata.name,
      )} violate the new PodSecurity enforce level ${policyText(
        labels,
        'enforce',
      )}`,
    );
    for (const [reasons, names] of found)
      call.warn(`${namesText(names)}: ${reasons}`);
  }

  /** The names of the pods that break the level of these labels, by what they break. */
  private violators(namespace: string, labels: JsonRecord) {
    const found = new Map<string, string[]>();
    const pods = this.ports.kinds.get('pods');
    if (!pods) return found;
    const all = this.ports.store.list(pods, namespace);
    for (const { object } of all.slice(0, MAX_PODS_LOOKED_AT)) {
      const violations = violationsOf(labels, 'enforce', partsOf(object));
      if (violations.length === 0) continue;
      const reasons = violations.map(item => item.reason).join(', ');
      found.set(reasons, [...(found.get(reasons) ?? []), object.metadata.name]);
    }
    return found;
  }

  /** The labels of the namespace. */
  private home({ metadata }: KubeObject): JsonRecord {
    const kind = this.ports.kinds.get('namespaces');
    const home =
      kind && this.ports.store.get(kind, undefined, metadata.namespace ?? '');
    return recordOf(home?.object.metadata.labels);
  }
}

type PodParts = { readonly metadata: JsonRecord; readonly spec: JsonRecord };

function partsOf(pod: { metadata?: unknown; spec?: unknown }): PodParts {
  return { metadata: recordOf(pod.metadata), spec: recordOf(pod.spec) };
}

function levelOf(labels: JsonRecord, mode: Mode): string {
  const level = labels[LABEL + mode];
  return typeof level === 'string' ? level : 'privileged';
}

function violationsOf(
  labels: JsonRecord,
  mode: Mode,
  pod: PodParts,
): Violation[] {
  const level = levelOf(labels, mode);
  const checks = Object.hasOwn(LEVELS, level) ? LEVELS[level] : [];
  if (checks.length === 0) return [];
  const view = podView(pod.metadata, pod.spec);
  return checks.flatMap(check => check(view) ?? []);
}

/** `"restricted:latest"` */
function policyText(labels: JsonRecord, mode: Mode): string {
  const version = labels[`${LABEL}${mode}-version`] ?? 'latest';
  return JSON.stringify(`${levelOf(labels, mode)}:${version}`);
}

function inFull(violations: readonly Violation[]): string {
  return violations
    .map(({ reason, detail }) => `${reason} (${detail})`)
    .join(', ');
}

function namesText([first, ...others]: readonly string[]): string {
  if (others.length === 0) return first;
  const pods = others.length === 1 ? 'other pod' : 'other pods';
  return `${first} (and ${others.length} ${pods})`;
}

/** @throws ApiError 422 for a level that is none */
function checkLevels(kind: Kind, name: string, labels: JsonRecord): void {
  const causes = ['enforce', 'audit', 'warn']
    .map(mode => LABEL + mode)
    .filter(key => labels[key] !== undefined)
    .filter(key => !Object.hasOwn(LEVELS, String(labels[key])))
    .map(key => ({
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        labels[key],
      )}: must be one of privileged, baseline, restricted`,
      field: `metadata.labels[${key}]`,
    }));
  if (causes.length > 0) throw invalid(kind, name, causes);
}
