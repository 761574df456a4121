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

/** A quantity that can be added to and written back in the form it came in. */
export type Quantity = {
  readonly amount: number;
  /** Whether it is written with `Ki`, `Mi` … */
  readonly binary: boolean;
};

export const ZERO: Quantity = { amount: 0, binary: false };
const DECIMAL: readonly [string, number][] = [
  ['E', 1e18],
  ['P', 1e15],
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
];
const BINARY_UNITS: readonly [string, number][] = [
  ['Ei', 2 ** 60],
  ['Pi', 2 ** 50],
  ['Ti', 2 ** 40],
  ...BINARY,
];
/** Sums of fractions drift; nothing here is smaller than a thousandth. */
const SMALLEST = 1000;

export function quantityOf(value: unknown): Quantity {
  const binary = typeof value === 'string' && value.endsWith('i');
  return { amount: parseQuantity(value), binary };
}

/** The sum, in the form of the first part that is not zero. */
export function addQuantities(
  left: Quantity,
  right: Quantity,
  sign: 1 | -1 = 1,
): Quantity {
  const amount = left.amount + sign * right.amount;
  const { binary } = left.amount === 0 ? right : left;
  return { amount: Math.round(amount * SMALLEST) / SMALLEST, binary };
}

/** The text the API server writes for a quantity: `100m` for 0.1, `1Mi` for 1024Ki, `2k` for 2000. */
export function quantityText({ amount, binary }: Quantity): string {
  if (amount === 0) return '0';
  if (!Number.isInteger(amount)) return `${Math.round(amount * 1000)}m`;
  const units = binary ? BINARY_UNITS : DECIMAL;
  const unit = units.find(([, size]) => amount % size === 0);
  return unit ? `${amount / unit[1]}${unit[0]}` : String(amount);
}

/** A quantity as the API server writes it; text that is none stays as it is. */
export function canonicalQuantity(value: unknown): string {
  if (typeof value === 'string' && !PATTERN.test(value)) return value;
  return quantityText(quantityOf(value));
}
