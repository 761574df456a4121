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
import type { Admission } from './Admission';
import { formatQuantity, parseQuantity } from './quantity';
import { usageOf } from './usage';

const COMPUTE = /^(requests\.|limits\.)?(cpu|memory)$/;

/**
 * Refuses what would exceed a ResourceQuota and keeps `status.used`. Sums are kept per namespace that has a quota and
 * changed by what each change adds or takes away, so that a write costs the same however full the namespace is.
 */
export class QuotaKeeper implements Admission {
  private readonly sums = new Map<string, Map<string, number>>();

  constructor(
    private readonly ports: { store: ObjectStore; kinds: KindRegistry },
  ) {}

  start(): void {
    this.ports.store.onChange(event => this.hear(event));
  }

  admitCreate(kind: Kind, draft: KubeObject): void {
    const { namespace, name } = draft.metadata;
    if (!kind.namespaced || !namespace) return;
    const quotas = this.quotas(namespace);
    if (quotas.length === 0) return;
    const used = this.usedIn(namespace);
    const added = usageOf(kind, draft);
    for (const quota of quotas) {
      const hard = Object.entries(recordOf(quota.spec?.hard));
      if (kind.resource === 'pods')
        this.requireAmounts(kind, draft, { quota, hard });
      const exceeded = hard
        .filter(
          ([key, limit]) =>
            (added.get(key) ?? 0) > 0 &&
            (used.get(key) ?? 0) + (added.get(key) ?? 0) >
              parseQuantity(limit) + 1e-9,
        )
        .map(([key]) => key)
        .sort();
      if (exceeded.length === 0) continue;
      const terms = (amount: (key: string) => number) =>
        exceeded
          .map(key => `${key}=${formatQuantity(key, amount(key))}`)
          .join(',');
      const limited = exceeded
        .map(key => `${key}=${String(recordOf(quota.spec?.hard)[key])}`)
        .join(',');
      const why = `exceeded quota: ${quota.metadata.name}, requested: ${terms(
        key => added.get(key) ?? 0,
      )}, used: ${terms(key => used.get(key) ?? 0)}, limited: ${limited}`;
      throw forbidden(kind, name, { why });
    }
  }

  private requireAmounts(
    kind: Kind,
    pod: KubeObject,
    { quota, hard }: { quota: KubeObject; hard: [string, unknown][] },
  ): void {
    const missing = hard.flatMap(([key]) => {
      const parts = COMPUTE.exec(key);
      if (!parts) return [];
      const list = parts[1] === 'limits.' ? 'limits' : 'requests';
      const without = recordsOf(pod.spec?.containers)
        .filter(
          container =>
            recordOf(recordOf(container.resources)[list])[parts[2]] ===
            undefined,
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

  private hear(event: HistoryEvent): void {
    const { namespace } = event.revision.object.metadata;
    if (!event.kind.namespaced || !namespace) return;
    const quotas = this.quotas(namespace);
    if (quotas.length === 0) {
      this.sums.delete(namespace);
      return;
    }
    const fresh = !this.sums.has(namespace);
    const sums = this.usedIn(namespace);
    if (!fresh) this.count(sums, event);
    for (const quota of quotas) this.writeUsed(quota, sums);
  }

  private count(
    sums: Map<string, number>,
    { kind, type, revision, previous }: HistoryEvent,
  ): void {
    const add = (object: KubeObject, sign: number) => {
      for (const [key, amount] of usageOf(kind, object))
        sums.set(key, (sums.get(key) ?? 0) + sign * amount);
    };
    if (previous) add(previous.object, -1);
    if (type !== 'DELETED') add(revision.object, 1);
  }

  private usedIn(namespace: string): Map<string, number> {
    const present = this.sums.get(namespace);
    if (present) return present;
    const sums = new Map<string, number>();
    for (const kind of this.ports.kinds.all().filter(item => item.namespaced)) {
      for (const { object } of this.ports.store.list(kind, namespace)) {
        for (const [key, amount] of usageOf(kind, object))
          sums.set(key, (sums.get(key) ?? 0) + amount);
      }
    }
    this.sums.set(namespace, sums);
    return sums;
  }

  private writeUsed(
    quota: KubeObject,
    sums: ReadonlyMap<string, number>,
  ): void {
    const kind = this.ports.kinds.get('resourcequotas');
    const hard = recordOf(quota.spec?.hard);
    const used = Object.fromEntries(
      Object.keys(hard).map(key => [
        key,
        formatQuantity(key, clean(sums.get(key) ?? 0)),
      ]),
    );
    if (
      !kind ||
      (equalJson(quota.status?.used, used) &&
        equalJson(quota.status?.hard, hard))
    )
      return;
    const draft = cloneJson(quota);
    const status = ensureRecord(draft, 'status');
    status.hard = hard;
    status.used = used;
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

/** Sums of fractions drift; nothing here is smaller than a thousandth. */
function clean(amount: number): number {
  return Math.round(amount * 1000) / 1000;
}
