// SPDX-License-Identifier: Apache-2.0
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonValue } from '../ModuleCatalogue';
import { problemAt, within, type Place } from '../Place';
import { suggestion } from '../suggestion';
import { isJsonObject, valuesIn } from './jsonObject';

/** Members that name a Secret, and the key its name stands under. */
const REFERENCES: Readonly<Record<string, string>> = {
  secretKeyRef: 'name',
  secretRef: 'name',
  secret: 'secretName',
};

/** References to Secrets that the release does not list, so that nobody would set them. */
export function undeclaredSecrets(
  object: JsonValue,
  place: Place,
  declared: readonly string[],
): LocatedProblem[] {
  return [...valuesIn(object)].flatMap(({ value, path }) => {
    const key = nameKey(path);
    if (key === undefined || !isJsonObject(value)) return [];
    const name = value[key] ?? value.name;
    if (typeof name !== 'string' || name.includes('${{')) return [];
    if (declared.includes(name)) return [];
    const words = {
      rule: 'secret-undeclared',
      message: `The object reads the secret "${name}", which the release does not list.`,
      remedy: suggestion(
        name,
        declared,
        `List it in the release: secrets: [{ name: ${name} }].`,
      ),
    };
    return [problemAt(within(place, ...path, key), words)];
  });
}

function nameKey(path: readonly PropertyKey[]): string | undefined {
  const last = path.at(-1);
  return typeof last === 'string' && Object.hasOwn(REFERENCES, last)
    ? REFERENCES[last]
    : undefined;
}
