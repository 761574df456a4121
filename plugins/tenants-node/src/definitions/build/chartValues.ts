// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from '../ModuleCatalogue';
import { isJsonObject } from '../manifests/jsonObject';

const RESERVED: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/** Values by dotted path, as `helm --set` takes them. */
type Overrides = Readonly<Record<string, JsonValue>>;

/** Puts values by dotted path over a tree of values. Paths that are none are given back. */
export function withOverrides(
  values: JsonObject,
  overrides: Overrides,
): { readonly values: JsonObject; readonly refused: readonly string[] } {
  const refused: string[] = [];
  let result = values;
  for (const [path, value] of Object.entries(overrides)) {
    const steps = path.split('.');
    if (steps.some(step => step === '' || RESERVED.has(step)))
      refused.push(path);
    else result = withValue(result, steps, value);
  }
  return { values: result, refused };
}

function withValue(
  tree: JsonObject,
  [step, ...rest]: string[],
  value: JsonValue,
): JsonObject {
  if (rest.length === 0) return { ...tree, [step]: value };
  const inner = Object.hasOwn(tree, step) ? tree[step] : undefined;
  return {
    ...tree,
    [step]: withValue(isJsonObject(inner) ? inner : {}, rest, value),
  };
}
