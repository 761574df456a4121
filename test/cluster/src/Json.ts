// SPDX-License-Identifier: Apache-2.0
/** What an API answer is made of. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys and indexes; `undefined` where it leads nowhere. */
export function at(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Json | undefined {
  return path.reduce<Json | undefined>((part, key) => {
    if (Array.isArray(part)) return part[Number(key)];
    return isJsonObject(part) ? part[String(key)] : undefined;
  }, value);
}

/** The items of a list answer. */
export function itemsOf(list: Json | undefined): readonly Json[] {
  const items = at(list, 'items');
  return Array.isArray(items) ? items : [];
}

/** The names of the items of a list answer, in their order. */
export function namesOf(list: Json | undefined): Json {
  return itemsOf(list).map(item => at(item, 'metadata', 'name') ?? '');
}
