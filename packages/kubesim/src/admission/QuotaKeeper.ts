// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { forbidden } from '../storage/ApiError';
import type { HistoryEvent } from '../storage/History';
import {
  cloneJson,
  ensureRecord,
  equalJson,
  recordOf,
  recordsOf,
  textOf,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import type { Admission, Change } from './Admission';
import {
  addQuantities,
  canonicalQuantity,
  parseQuantity,
  quantityText,
  ZERO,
  type Quantity,
} from './quantity';
import { checkScopes, isCounted } from './quotaScopes';
import { usageOf, type Usage } from './usage';

type Sums = Map<string, Quantity>;
const COMPUTE = /^(requests\.|limits\.)?(cpu|memory)$/;
/** Differences below this are what is left of sums of fractions. */
const TOLERANCE = 1e-9;

/**
 * Refuses what would exceed a ResourceQuota and keeps `status.used`. Sums are kept per quota and changed by what each
 * change adds or takes away, so that a write costs the same however full the namespace is.
 */
export class QuotaKeeper implements Admission {
  /** By the uid of the quota. */
  private readonly sums = new Map<string, Sums>();

  constructor(
    private readonly ports: { store: ObjectStore; kinds: KindRegistry },
  ) {}

  start(): void {
    this.ports.store.onChange(event => this.hear(event));
  }

  validate(kind: Kind, { draft, current }: Change): void {
    if (kind.resource === 'resourcequotas') checkScopes(kind, draft);
    const { namespace } = draft.metadata;
    // Pods change nothing that is counted, except by ending.
    if (!namespace || (current && kind.resource === 'pods')) return;
    const quotas = this.quotas(namespace);
    if (quotas.length === 0) return;
    const added = difference(usageOf(kind, draft), current, kind);
    for (const quota of quotas) {
      if (!isCounted(quota, kind, draft)) continue;
      if (kind.resource === 'pods') requireAmounts(kind, draft, quota);
      this.requireRoom(kind, draft, { quota, added });
    }
  }

  private requireRoom(
    kind: Kind,
    draft: KubeObject,
    { quota, added }: { quota: KubeObject; added: Usage },
  ): void {
    const hard = recordOf(quota.spec?.hard);
    const used = this.usedBy(quota);
    const exceeded = Object.keys(hard)
      .filter(key => {
        const more = added.get(key)?.amount ?? 0;
        const sum = (used.get(key)?.amount ?? 0) + more;
        return more > 0 && sum > parseQuantity(hard[key]) + TOLERANCE;
      })
      .sort();
    if (exceeded.length === 0) return;
    const terms = (text: (key: string) => string) =>
      exceeded.map(key => `${key}=${text(key)}`).join(',');
    const requested = terms(key => quantityText(added.get(key) ?? ZERO));
    const taken = terms(key => quantityText(used.get(key) ?? ZERO));
    const limited = terms(key => canonicalQuantity(hard[key]));
    throw forbidden(kind, draft.metadata.name, {
      why: `exceeded quota: ${quota.metadata.name}, requested: ${requested}, used: ${taken}, limited: ${limited}`,
    });
  }

  private hear(event: HistoryEvent): void {
    const { object } = event.revision;
    const { namespace, uid } = object.metadata;
    if (!event.kind.namespaced || !namespace) return;
    if (event.kind.resource === 'resourcequotas' && event.type === 'DELETED')
      this.sums.delete(uid);
    for (const quota of this.quotas(namespace)) {
      const known = this.sums.get(quota.metadata.uid);
      if (known) count(known, quota, event);
      this.writeUsed(quota, known ?? this.usedBy(quota));
    }
  }

  private usedBy(quota: KubeObject): Sums {
    const present = this.sums.get(quota.metadata.uid);
    if (present) return present;
    const { namespace, uid } = quota.metadata;
    const sums: Sums = new Map();
    for (const kind of this.ports.kinds.all().filter(item => item.namespaced)) {
      for (const { object } of this.ports.store.list(kind, namespace))
        if (isCounted(quota, kind, object)) add(sums, usageOf(kind, object), 1);
    }
    this.sums.set(uid, sums);
    return sums;
  }

  private writeUsed(quota: KubeObject, sums: Sums): void {
    const kind = this.ports.kinds.get('resourcequotas');
    const hard = recordOf(quota.spec?.hard);
    const used = Object.fromEntries(
      Object.keys(hard).map(key => [key, quantityText(sums.get(key) ?? ZERO)]),
    );
    const { status } = quota;
    if (
      !kind ||
      (equalJson(status?.used, used) && equalJson(status?.hard, hard))
    )
      return;
    const draft = cloneJson(quota);
    const next = ensureRecord(draft, 'status');
    next.hard = hard;
    next.used = used;
    this.ports.store.put(kind, draft);
  }

  private quotas(namespace: string): KubeObject[] {
    const kind = this.ports.kinds.get('resourcequotas');
    if (!kind || this.ports.store.count(kind, namespace) === 0) return [];
    return this.ports.store
      .list(kind, namespace)
      .map(revision => revision.object);
  }
}

function count(
  sums: Sums,
  quota: KubeObject,
  { kind, type, revision, previous }: HistoryEvent,
): void {
  const change = (object: KubeObject, sign: 1 | -1) => {
    if (isCounted(quota, kind, object)) add(sums, usageOf(kind, object), sign);
  };
  if (previous) change(previous.object, -1);
  if (type !== 'DELETED') change(revision.object, 1);
}

function add(sums: Sums, usage: Usage, sign: 1 | -1): void {
  for (const [key, amount] of usage)
    sums.set(key, addQuantities(sums.get(key) ?? ZERO, amount, sign));
}

/** What a write asks for beyond what the object has already. */
function difference(
  usage: Usage,
  current: KubeObject | undefined,
  kind: Kind,
): Usage {
  if (!current) return usage;
  const sums: Sums = new Map(usage);
  add(sums, usageOf(kind, current), -1);
  return sums;
}

/** A quota of compute makes every container say how much it wants. */
function requireAmounts(kind: Kind, pod: KubeObject, quota: KubeObject): void {
  const containers = [
    ...recordsOf(pod.spec?.containers),
    ...recordsOf(pod.spec?.initContainers),
  ];
  const missing = Object.keys(recordOf(quota.spec?.hard)).flatMap(key => {
    const parts = COMPUTE.exec(key);
    if (!parts) return [];
    const list = parts[1] === 'limits.' ? 'limits' : 'requests';
    const without = containers
      .filter(
        ({ resources }) =>
          recordOf(recordOf(resources)[list])[parts[2]] === undefined,
      )
      .map(container => textOf(container.name) ?? '');
    return without.length > 0 ? [`${key} for: ${without.join(',')}`] : [];
  });
  if (missing.length === 0) return;
  throw forbidden(kind, pod.metadata.name, {
    why: `failed quota: ${quota.metadata.name}: must specify ${missing
      .sort()
      .join('; ')}`,
  });
}
