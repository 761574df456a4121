// SPDX-License-Identifier: Apache-2.0
import type { DefinitionFile, LocatedProblem } from './DefinitionFile';
import type { SourcePosition } from './ModuleCatalogue';
import type { ValuePath, YamlDocument } from './yaml/YamlDocument';

/** A value in a file. */
export type Place = {
  readonly file: DefinitionFile;
  readonly document: YamlDocument;
  readonly path: ValuePath;
};

/** What is wrong, apart from where. */
export type ProblemWords = {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
};

/** Takes note of a problem. */
export type Say = (problem: LocatedProblem) => void;

/** A place inside another. */
export function within(place: Place, ...path: PropertyKey[]): Place {
  return { ...place, path: [...place.path, ...path] };
}

/** Where a place is, for messages. */
export function positionOf({ file, document, path }: Place): SourcePosition {
  return { file: file.path, ...document.positionOf(path) };
}

/** A problem with the value at a place. */
export function problemAt(place: Place, words: ProblemWords): LocatedProblem {
  return located(place, place.document.positionOf(place.path), words);
}

/** A problem with the key at a place. */
export function problemAtKey(
  place: Place,
  words: ProblemWords,
): LocatedProblem {
  return located(place, place.document.keyPositionOf(place.path), words);
}

/** The path as people write it: `modules.postgres.releases[0].version`. */
export function placeText(path: ValuePath): string {
  return path
    .map((member, index) => {
      if (typeof member === 'number') return `[${member}]`;
      const name = String(member).slice(0, 80);
      const isPlain = /^[\w-]+$/.test(name);
      if (!isPlain) return `[${JSON.stringify(name)}]`;
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

function located(
  { file }: Place,
  at: { readonly line: number; readonly column: number },
  { rule, message, remedy }: ProblemWords,
): LocatedProblem {
  const source = file.source === undefined ? {} : { source: file.source };
  return { ...source, file: file.path, ...at, rule, message, remedy };
}
