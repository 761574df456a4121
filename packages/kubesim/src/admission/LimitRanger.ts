// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { qualityOfService } from '../kinds/podDefaults';
import { forbidden } from '../storage/ApiError';
import {
  ensureRecord,
  recordOf,
  recordsOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Admission, Change } from './Admission';
import { limitProblems, requestProblems } from './limitProblems';
import { quantityText, type Quantity } from './quantity';
import { podSums } from './usage';

/** Fills in and checks what LimitRange objects say of containers, pods and claims. */
export class LimitRanger implements Admission {
  constructor(
    private readonly ports: { store: ObjectStore; kinds: KindRegistry },
  ) {}

  admit(kind: Kind, { draft, current }: Change): void {
    if (kind.resource !== 'pods' || current) return;
    const ranges = this.ranges(draft.metadata.namespace);
    for (const item of ranges.flat()) fillIn(draft, item);
    if (ranges.length > 0 && draft.status)
      draft.status.qosClass = qualityOfService(draft.spec ?? {});
  }

  validate(kind: Kind, { draft, current }: Change): void {
    // The containers of a pod stay as they are.
    const asked =
      kind.resource === 'persistentvolumeclaims' ||
      (kind.resource === 'pods' && !current);
    if (!asked) return;
    for (const items of this.ranges(draft.metadata.namespace)) {
      const problems = items.flatMap(item => problemsOf(kind, draft, item));
      if (problems.length === 0) continue;
      const why =
        problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
      throw forbidden(kind, draft.metadata.name, { why });
    }
  }

  /** The entries of each LimitRange of a namespace. */
  private ranges(namespace: string | undefined): JsonRecord[][] {
    const kind = this.ports.kinds.get('limitranges');
    if (!kind || this.ports.store.count(kind, namespace) === 0) return [];
    return this.ports.store
      .list(kind, namespace)
      .map(({ object }) => recordsOf(object.spec?.limits));
  }
}

function problemsOf(kind: Kind, draft: KubeObject, item: JsonRecord): string[] {
  const isPod = kind.resource === 'pods';
  if (!isPod) {
    return item.type === 'PersistentVolumeClaim'
      ? requestProblems(item, amountsOf(draft.spec ?? {}))
      : [];
  }
  if (item.type === 'Container')
    return containersOf(draft).flatMap(container =>
      limitProblems(item, amountsOf(container)),
    );
  if (item.type !== 'Pod') return [];
  return limitProblems(item, {
    requests: texts(podSums(draft, 'requests')),
    limits: texts(podSums(draft, 'limits')),
  });
}

function amountsOf({ resources }: JsonRecord) {
  const { requests, limits } = recordOf(resources);
  return { requests: recordOf(requests), limits: recordOf(limits) };
}

/** The real server writes sums without `Ki`, `Mi` …, whatever their parts are written with. */
function texts(sums: ReadonlyMap<string, Quantity>): JsonRecord {
  return Object.fromEntries(
    [...sums].map(([key, { amount }]) => [
      key,
      quantityText({ amount, binary: false }),
    ]),
  );
}

function containersOf(pod: KubeObject): JsonRecord[] {
  return [
    ...recordsOf(pod.spec?.containers),
    ...recordsOf(pod.spec?.initContainers),
  ];
}

function fillIn(pod: KubeObject, item: JsonRecord): void {
  if (item.type !== 'Container') return;
  const notes = [
    ...recordsOf(pod.spec?.containers).flatMap(container =>
      fill(container, item, 'container'),
    ),
    ...recordsOf(pod.spec?.initContainers).flatMap(container =>
      fill(container, item, 'init container'),
    ),
  ];
  if (notes.length === 0) return;
  const annotations = (pod.metadata.annotations ??= {});
  annotations[
    'kubernetes.io/limit-ranger'
  ] = `LimitRanger plugin set: ${notes.join('; ')}`;
}

function fill(container: JsonRecord, item: JsonRecord, what: string): string[] {
  const resources = ensureRecord(container, 'resources');
  const requests = setMissing(
    resources,
    'requests',
    recordOf(item.defaultRequest),
  );
  const limits = setMissing(resources, 'limits', recordOf(item.default));
  const note = (keys: string[], list: string) =>
    keys.length > 0
      ? [`${keys.join(', ')} ${list} for ${what} ${String(container.name)}`]
      : [];
  return [...note(requests, 'request'), ...note(limits, 'limit')];
}

function setMissing(
  resources: JsonRecord,
  list: 'requests' | 'limits',
  defaults: JsonRecord,
): string[] {
  const missing = Object.keys(defaults)
    .filter(key => recordOf(resources[list])[key] === undefined)
    .sort();
  if (missing.length === 0) return [];
  const target = ensureRecord(resources, list);
  for (const key of missing) target[key] = defaults[key];
  return missing;
}
