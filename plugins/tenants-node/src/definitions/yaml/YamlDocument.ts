// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from '../ModuleCatalogue';

/** Where something stands in a text, from 1. */
export type TextPosition = { readonly line: number; readonly column: number };

/** Keys and indices that lead to a value. */
export type ValuePath = readonly PropertyKey[];

/** One document of a file, with the way back from its values to its text. */
export type YamlDocument = {
  /** `undefined` for a document without content. */
  readonly value: JsonValue | undefined;
  /** Where a value stands; of a missing one, where the nearest value around it stands. */
  readonly positionOf: (path: ValuePath) => TextPosition;
  /** Where a value’s key stands. */
  readonly keyPositionOf: (path: ValuePath) => TextPosition;
};

/** Something wrong with a text, before anybody knows what it is about. */
export type YamlProblem = TextPosition & {
  readonly rule: string;
  readonly message: string;
  readonly remedy: string;
};

/** What a text holds. */
export type YamlText = {
  readonly documents: readonly YamlDocument[];
  readonly problems: readonly YamlProblem[];
};
