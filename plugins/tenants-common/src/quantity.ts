// SPDX-License-Identifier: Apache-2.0
import type { QuotaLine } from './quota';

const QUANTITY =
  /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([KMGTPE]i|[numkMGTPE]))?$/;
/** Far longer than any quantity an API server writes. */
const MAX_QUANTITY_LENGTH = 64;

const DECIMAL_EXPONENT: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_FACTOR: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * Reads a Kubernetes quantity into base units: cores, bytes or a count. `undefined` when it is not a quantity.
 *
 * Decimal suffixes become an exponent of the written number, so `100m` is exactly the number `0.1`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 * @public
 */
export function parseQuantity(text: string): number | undefined {
  if (text.length > MAX_QUANTITY_LENGTH) return undefined;
  const match = QUANTITY.exec(text);
  if (!match) return undefined;
  const [, digits, exponent, suffix = ''] = match;
  const binary = BINARY_FACTOR[suffix];
  const value =
    binary === undefined
      ? Number(`${digits}e${exponent ?? DECIMAL_EXPONENT[suffix] ?? 0}`)
      : Number(digits) * binary;
  return Number.isFinite(value) ? value : undefined;
}

/**
 * Says in which base unit a resource of a ResourceQuota is counted, by its name there: `requests.cpu`, `memory`, `pods`, `gold.storageclass.storage.k8s.io/requests.storage` …
 *
 * @public
 */
export function resourceUnit(resource: string): QuotaLine['unit'] {
  const name = resource.slice(resource.lastIndexOf('/') + 1);
  const plain = name.replace(/^(requests|limits)\./, '');
  if (resource.startsWith('count/')) return 'count';
  if (plain === 'cpu') return 'cores';
  const inBytes =
    plain === 'memory' ||
    plain === 'storage' ||
    plain === 'ephemeral-storage' ||
    plain.startsWith('hugepages-');
  return inBytes ? 'bytes' : 'count';
}
