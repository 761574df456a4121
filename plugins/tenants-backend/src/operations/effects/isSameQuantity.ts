// SPDX-License-Identifier: Apache-2.0

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
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
const grammar = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]{1,3})?)([numkMGTPE]i?|Ki|)$/;

function amount(text: string): number | undefined {
  const [, number = '', suffix = ''] = grammar.exec(text) ?? [];
  const factor = FACTORS[suffix];
  const value = Number(number);
  return number === '' || factor === undefined || !Number.isFinite(value)
    ? undefined
    : value * factor;
}

/** Whether two Kubernetes quantities are the same amount: `1000m` and `1`. The server writes them its own way. */
export function isSameQuantity(a: string, b: string): boolean {
  const first = amount(a);
  const second = amount(b);
  if (first === undefined || second === undefined) return false;
  return Math.abs(first - second) <= Math.abs(first) * 1e-12;
}
