// SPDX-License-Identifier: Apache-2.0
import { suggestion } from '../suggestion';

/**
 * What values can be put in: `${{ root.member }}`. Of `parameters` and `secrets`, the members are those that the release declares; deeper
 * members and list indices of parameters follow with further dots. A secret gives the name of its Kubernetes Secret.
 *
 * @public
 */
export const SUBSTITUTION_ROOTS: Readonly<
  Record<string, readonly string[] | 'declared'>
> = {
  parameters: 'declared',
  tenant: ['name', 'owner'],
  environment: ['name', 'cluster', 'namespace', 'tier'],
  module: ['name', 'version'],
  release: ['version'],
  secrets: 'declared',
};

/** A text split at its substitutions. @public */
export type SubstitutedText =
  | {
      readonly ok: true;
      /** Literal text, and paths whose values come in between. A single path alone keeps its value’s type. */
      readonly parts: readonly (
        | string
        | { readonly path: readonly string[] }
      )[];
    }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const OPEN = '${{';
const PATH = /^[A-Za-z][\w-]*(\.[\w-]+)+$/;
const RESERVED = /(^|\.)(__proto__|constructor|prototype)(\.|$)/;
const EXAMPLE = 'Write it as ${{ parameters.replicas }}.';

/** Splits a text at its substitutions. `$${{` stands for the text `${{`. @public */
export function readSubstitutions(text: string): SubstitutedText {
  const parts: (string | { path: readonly string[] })[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf(OPEN, at);
    if (open < 0) break;
    if (open > at && text[open - 1] === '$') {
      literal += text.slice(at, open - 1) + OPEN;
      at = open + OPEN.length;
      continue;
    }
    const close = text.indexOf('}}', open);
    if (close < 0) return refuse('"${{" is not closed by "}}"', EXAMPLE);
    const read = readPath(text.slice(open + OPEN.length, close).trim());
    if (!read.ok) return read;
    literal += text.slice(at, open);
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push({ path: read.path });
    at = close + 2;
  }
  literal += text.slice(at);
  if (literal !== '' || parts.length === 0) parts.push(literal);
  return { ok: true, parts };
}

type ReadPath =
  | { readonly ok: true; readonly path: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

function readPath(inner: string): ReadPath {
  const shown = `"\${{ ${inner.slice(0, 60)} }}"`;
  if (!PATH.test(inner) || RESERVED.test(inner)) {
    return refuse(`${shown} is not the path of a value`, EXAMPLE);
  }
  const path = inner.split('.');
  const [root, member] = path;
  if (!Object.hasOwn(SUBSTITUTION_ROOTS, root)) {
    const roots = Object.keys(SUBSTITUTION_ROOTS);
    return refuse(`${shown} names no known value`, suggestion(root, roots));
  }
  const members = SUBSTITUTION_ROOTS[root];
  if (members === 'declared' || members.includes(member)) {
    return { ok: true, path };
  }
  const known = members.map(name => `${root}.${name}`);
  return refuse(
    `${shown} names no known value`,
    suggestion(`${root}.${member}`, known),
  );
}

function refuse(message: string, remedy: string) {
  return { ok: false, message, remedy } as const;
}
