// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '../ModuleCatalogue';
import { isJsonObject } from '../manifests/jsonObject';

type Sum = { milliCpu: number; memory: number; storage: number; pods: number };

const FACTORS: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/**
 * What the components of a chart’s values request together: each mapping with `resources.requests`, unless switched off by
 * `enabled: false`, times its `replicas`. `undefined` when none says anything.
 */
export function chartFootprint(
  values: JsonObject,
): Record<string, string> | undefined {
  const sum: Sum = { milliCpu: 0, memory: 0, storage: 0, pods: 0 };
  add(values, sum);
  if (sum.pods === 0) return undefined;
  const mebi = (amount: number) => `${Math.ceil(amount / 2 ** 20)}Mi`;
  return {
    cpu: `${sum.milliCpu}m`,
    memory: mebi(sum.memory),
    ...(sum.storage > 0 ? { storage: mebi(sum.storage) } : {}),
    pods: String(sum.pods),
  };
}

function add(component: JsonObject, sum: Sum): void {
  if (component.enabled === false) return;
  const requests = memberOf(component.resources, 'requests');
  const replicas = replicasOf(component);
  if (isJsonObject(requests)) {
    sum.pods += replicas;
    sum.milliCpu += replicas * milliCores(requests.cpu);
    sum.memory += replicas * bytes(requests.memory);
  }
  const { persistence } = component;
  if (isJsonObject(persistence) && persistence.enabled !== false) {
    sum.storage += replicas * bytes(persistence.size);
  }
  for (const member of Object.values(component)) {
    if (isJsonObject(member)) add(member, sum);
  }
}

function replicasOf({ replicas, replicaCount }: JsonObject): number {
  const count = replicas ?? replicaCount;
  return typeof count === 'number' && count >= 0 ? count : 1;
}

function memberOf(value: JsonValue | undefined, name: string) {
  return isJsonObject(value) ? value[name] : undefined;
}

function milliCores(amount: JsonValue | undefined): number {
  const text = String(amount ?? 0);
  const value = Number.parseFloat(text) || 0;
  return Math.ceil(text.endsWith('m') ? value : value * 1000);
}

function bytes(amount: JsonValue | undefined): number {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?$/.exec(
    String(amount ?? 0),
  );
  return match ? Number(match[1]) * (FACTORS[match[2]] ?? 1) : 0;
}
