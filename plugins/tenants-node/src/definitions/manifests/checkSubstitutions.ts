// SPDX-License-Identifier: Apache-2.0
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonValue } from '../ModuleCatalogue';
import { problemAt, problemAtKey, within, type Place } from '../Place';
import { suggestion } from '../suggestion';
import { valuesIn } from './jsonObject';
import { readSubstitutions } from './readSubstitutions';

/** What a release declares, and substitutions may name. */
export type DeclaredNames = {
  readonly parameters: readonly string[];
  readonly secrets: readonly string[];
};

/** Where substitutions are refused by a check of their own. */
const CHECKED_APART = new Set(['apiVersion', 'kind', 'when']);

/** What is wrong with the substitutions in a value. */
export function checkSubstitutions(
  value: JsonValue,
  place: Place,
  declared: DeclaredNames,
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
    problems.push(...checkText(found.value, at, declared));
  }
  return problems;
}

function checkText(
  text: string,
  at: Place,
  declared: DeclaredNames,
): LocatedProblem[] {
  if (!text.includes('${{')) return [];
  const read = readSubstitutions(text);
  if (!read.ok) {
    const { message, remedy } = read;
    const words = { rule: 'substitution', message: `${message}.`, remedy };
    return [problemAt(at, words)];
  }
  return read.parts.flatMap(part => {
    if (typeof part === 'string') return [];
    const [root, name] = part.path;
    if (root !== 'parameters' && root !== 'secrets') return [];
    if (declared[root].includes(name)) return [];
    const noun = root === 'secrets' ? 'secret' : 'parameter';
    const words = {
      rule: `unknown-${noun}`,
      message: `The release does not declare the ${noun} "${name}".`,
      remedy: suggestion(name, declared[root]),
    };
    return [problemAt(at, words)];
  });
}
