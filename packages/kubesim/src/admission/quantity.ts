// SPDX-License-Identifier: Apache-2.0
const PATTERN =
  /^([+-]?\d+(?:\.\d+)?)(?:[eE]([+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;
const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const BINARY: readonly [string, number][] = [
  ['Gi', 2 ** 30],
  ['Mi', 2 ** 20],
  ['Ki', 2 ** 10],
];

/** The number a Kubernetes quantity such as `500m` or `64Mi` stands for; 0 for anything else. */
export function parseQuantity(value: unknown): number {
  if (typeof value === 'number') return value;
  const parts = typeof value === 'string' ? PATTERN.exec(value) : undefined;
  if (!parts) return 0;
  const suffix = parts[3] ? FACTORS[parts[3]] : 1;
  const factor = parts[2] ? 10 ** Number(parts[2]) : suffix;
  return Number(parts[1]) * factor;
}

/** A number as a quantity of this resource, in the form the API server writes. */
export function formatQuantity(resource: string, value: number): string {
  if (/(^|\.)cpu$/.test(resource)) {
    const milli = Math.round(value * 1000);
    return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
  }
  if (!/(memory|storage)$/.test(resource) || value === 0) return String(value);
  const unit = BINARY.find(([, size]) => value % size === 0);
  return unit ? `${value / unit[1]}${unit[0]}` : String(value);
}
