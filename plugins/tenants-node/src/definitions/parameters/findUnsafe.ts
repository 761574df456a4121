// SPDX-License-Identifier: Apache-2.0
import { DEFINITION_LIMITS } from '../definitionLimits';
import type { LocatedProblem } from '../DefinitionFile';
import { valuesIn } from '../manifests/jsonObject';
import type { JsonObject, JsonValue } from '../ModuleCatalogue';
import { placeText, problemAt, within, type Place } from '../Place';

/** Schemas must not reach outside, nor hold patterns that take for ever. */
export function findUnsafe(schema: JsonObject, at: Place): LocatedProblem[] {
  return [...valuesIn(schema)].flatMap(({ value, path }) => {
    const why = unsafe(String(path.at(-1)), value);
    if (!why) return [];
    const words = {
      rule: 'parameters',
      message: `${placeText(within(at, ...path).path)} ${why[0]}.`,
      remedy: why[1],
    };
    return [problemAt(within(at, ...path), words)];
  });
}

function unsafe(key: string, value: JsonValue): [string, string] | undefined {
  if (typeof value !== 'string') return undefined;
  if (key === '$ref' && !value.startsWith('#')) {
    return [
      'refers to another document',
      'Refer inside this schema only: "#/definitions/…".',
    ];
  }
  if (key === '$id' || key === 'id$') {
    return ['gives the schema an address', 'Remove it.'];
  }
  if (key !== 'pattern') return undefined;
  if (value.length > DEFINITION_LIMITS.pattern) {
    return [
      `is longer than ${DEFINITION_LIMITS.pattern} characters`,
      'Shorten it.',
    ];
  }
  // A repeated group that repeats inside itself can take exponential time.
  if (/\([^()]*[+*}][^()]*\)[+*{]/.test(value)) {
    return [
      'repeats a group that repeats inside itself',
      'Write it without the inner or outer "+" or "*".',
    ];
  }
  return undefined;
}
