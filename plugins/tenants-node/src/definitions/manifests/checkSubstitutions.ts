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

/** How a name gets declared. */
const DECLARE = {
  parameters: (name: string) =>
    `Declare it in the release: parameters.properties.${name}.`,
  secrets: (name: string) =>
    `List it in the release: secrets: [{ name: ${name} }].`,
};

/** What only a chart’s templates may name. */
const HELM =
  /\{\{-?\s*(\.(Values|Release|Chart|Capabilities)\b|include\s|template\s)/;

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
  const [helm] = HELM.exec(text) ?? [];
  if (helm !== undefined) return [problemAt(at, helmWords(helm))];
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
      remedy: suggestion(name, declared[root], DECLARE[root](name)),
    };
    return [problemAt(at, words)];
  });
}

function helmWords(helm: string) {
  return {
    rule: 'substitution',
    message: `"${helm.trim()}…" is of a Helm template; manifests are not run through Helm.`,
    remedy:
      'Put values in as ${{ parameters.NAME }}, or deliver it as a chart ("chart" in place of "manifests").',
  };
}
