// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import { isJsonObject } from '../jsonValue';

/** Amounts by name, in base units: cores, bytes, counts. */
export type Amounts = Readonly<Record<string, number>>;

/** Reads quantities; what is none counts nothing. */
export function readAmounts(value: unknown): Amounts {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, quantity]) => {
      const amount = readAmount(quantity);
      return amount === undefined ? [] : [[name, amount]];
    }),
  );
}

/** Reads one quantity, written as text or number. */
export function readAmount(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? parseQuantity(value) : undefined;
}

/** Adds amounts of the same name. */
export function addAmounts(...all: readonly Amounts[]): Amounts {
  return combine(all, (a, b) => a + b);
}

/** The greatest of the amounts of each name. */
export function greatestAmounts(...all: readonly Amounts[]): Amounts {
  return combine(all, Math.max);
}

/** Every amount that many times. */
export function timesAmounts(amounts: Amounts, times: number): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [name, amount * times]),
  );
}

/** The same amounts under names with a prefix, such as `requests.`. */
export function prefixAmounts(amounts: Amounts, prefix: string): Amounts {
  return Object.fromEntries(
    Object.entries(amounts).map(([name, amount]) => [prefix + name, amount]),
  );
}

function combine(
  all: readonly Amounts[],
  join: (a: number, b: number) => number,
): Amounts {
  const sum = new Map<string, number>();
  for (const [name, amount] of all.flatMap(one => Object.entries(one))) {
    const before = sum.get(name);
    sum.set(name, before === undefined ? amount : join(before, amount));
  }
  return Object.fromEntries(sum);
}
