// SPDX-License-Identifier: Apache-2.0
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonValue } from '../ModuleCatalogue';
import { problemAt, problemAtKey, within, type Place } from '../Place';
import { suggestion } from '../suggestion';
import { valuesIn } from './jsonObject';
import { readSubstitutions } from './readSubstitutions';

/** Where substitutions are refused by a check of their own. */
const CHECKED_APART = new Set(['apiVersion', 'kind', 'when']);

/** What is wrong with the substitutions in a value. */
export function checkSubstitutions(
  value: JsonValue,
  place: Place,
  parameters: readonly string[],
): LocatedProblem[] {
  const problems: LocatedProblem[] = [];
  for (const found of valuesIn(value)) {
    const at = within(place, ...found.path);
    const key = found.path.at(-1);
    if (typeof key === 'string' && key.includes('${{')) {
      problems.push(
        problemAtKey(at, {
          rule: 'substitution-place',
          message: 'A key holds a substitution.',
          remedy: 'Write the key out; only values can be put in.',
        }),
      );
    }
    const isApart = found.path.length === 1 && CHECKED_APART.has(String(key));
    if (typeof found.value !== 'string' || isApart) continue;
    problems.push(...checkText(found.value, at, parameters));
  }
  return problems;
}

function checkText(
  text: string,
  at: Place,
  parameters: readonly string[],
): LocatedProblem[] {
  if (!text.includes('${{')) return [];
  const read = readSubstitutions(text);
  if (!read.ok) {
    const { message, remedy } = read;
    return [
      problemAt(at, { rule: 'substitution', message: `${message}.`, remedy }),
    ];
  }
  return read.parts.flatMap(part => {
    if (typeof part === 'string') return [];
    const [root, name] = part.path;
    if (root !== 'parameters' || parameters.includes(name)) return [];
    const words = {
      rule: 'unknown-parameter',
      message: `The release does not declare the parameter "${name}".`,
      remedy: suggestion(name, parameters),
    };
    return [problemAt(at, words)];
  });
}
