// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { forbidden, invalid } from '../storage/ApiError';
import { numberOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Admission, Change } from './Admission';

const CLASSES = 'priorityclasses.scheduling.k8s.io';
const PREEMPTION = 'PreemptLowerPriority';
const SYSTEM_CLASSES: ReadonlySet<string> = new Set([
  'system-cluster-critical',
  'system-node-critical',
]);
const MAX_OWN_PRIORITY = 1_000_000_000;

type Ports = { readonly store: ObjectStore; readonly kinds: KindRegistry };

/** Works out the priority of pods from their PriorityClass, and lets there be one default class only. */
export class Priority implements Admission {
  constructor(private readonly ports: Ports) {}

  admit(kind: Kind, { draft, current }: Change): void {
    if (kind.resource !== 'pods' || !draft.spec) return;
    if (current) keep(draft.spec, current.spec ?? {});
    else this.fill(kind, draft, draft.spec);
  }

  validate(kind: Kind, { draft, current }: Change): void {
    if (kind.resource !== CLASSES) return;
    // The classes every cluster has come first,.
    if (!current && !SYSTEM_CLASSES.has(draft.metadata.name))
      checkOwnClass(kind, draft);
    if (draft.globalDefault !== true) return;
    const other = this.defaultClass();
    if (!other || other.metadata.name === draft.metadata.name) return;
    throw forbidden(kind, draft.metadata.name, {
      why: `PriorityClass ${other.metadata.name} is already marked as default. Only one default can exist`,
    });
  }

  private fill(kind: Kind, draft: KubeObject, spec: JsonRecord): void {
    const name = textOf(spec.priorityClassName);
    const chosen = name ? this.find(name) : this.defaultClass();
    if (name && !chosen)
      throw forbidden(kind, draft.metadata.name, {
        why: `no PriorityClass with name ${name} was found`,
      });
    if (chosen) spec.priorityClassName = chosen.metadata.name;
    const priority = numberOf(chosen?.value);
    if (typeof spec.priority === 'number' && spec.priority !== priority)
      throw forbidden(kind, draft.metadata.name, {
        why: `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`,
      });
    spec.priority = priority;
    spec.preemptionPolicy ??= textOf(chosen?.preemptionPolicy) ?? PREEMPTION;
  }

  private find(name: string): KubeObject | undefined {
    const kind = this.ports.kinds.get(CLASSES);
    return kind && this.ports.store.get(kind, undefined, name)?.object;
  }

  /** Of several, the one with the lowest value. */
  private defaultClass(): KubeObject | undefined {
    const kind = this.ports.kinds.get(CLASSES);
    if (!kind || this.ports.store.count(kind) === 0) return undefined;
    return this.ports.store
      .list(kind)
      .map(revision => revision.object)
      .filter(object => object.globalDefault === true)
      .sort((left, right) => numberOf(left.value) - numberOf(right.value))[0];
  }
}

/** @throws ApiError 422 */
function checkOwnClass(kind: Kind, { metadata, value }: KubeObject): void {
  const { name } = metadata;
  const reason = 'FieldValueForbidden';
  if (name.startsWith('system-'))
    throw invalid(kind, name, [
      {
        reason,
        message: `Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: ${name} is not a known system priority class`,
        field: 'metadata.name',
      },
    ]);
  if (numberOf(value) > MAX_OWN_PRIORITY)
    throw invalid(kind, name, [
      {
        reason,
        message: `Forbidden: maximum allowed value of a user defined priority is ${MAX_OWN_PRIORITY}`,
        field: 'value',
      },
    ]);
}

function keep(spec: JsonRecord, before: JsonRecord): void {
  for (const key of ['priority', 'preemptionPolicy'])
    if (spec[key] === undefined && before[key] !== undefined)
      spec[key] = before[key];
}
