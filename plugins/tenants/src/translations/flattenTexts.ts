// SPDX-License-Identifier: Apache-2.0

/** Texts in groups, as they are written. */
export type NestedTexts = { readonly [name: string]: string | NestedTexts };

function entriesOf(texts: NestedTexts, prefix: string): [string, string][] {
  return Object.entries(texts).flatMap(([name, text]): [string, string][] =>
    typeof text === 'string'
      ? [[`${prefix}${name}`, text]]
      : entriesOf(text, `${prefix}${name}.`),
  );
}

/** Texts by their whole key, such as `list.title`. */
export function flattenTexts(
  texts: NestedTexts,
): Readonly<Record<string, string>> {
  return Object.fromEntries(entriesOf(texts, ''));
}
