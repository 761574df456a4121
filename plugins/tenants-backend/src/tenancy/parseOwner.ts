// SPDX-License-Identifier: Apache-2.0

const NAME = '[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
const REFERENCE = new RegExp(`^(?:(${NAME}):)?(?:(${NAME})/)?(${NAME})$`);

/** Reads an owner as a catalogue entity reference in full: `team-a` becomes `group:default/team-a`. `undefined` when it is none. */
export function parseOwner(text: string): string | undefined {
  const match = REFERENCE.exec(text.trim());
  if (!match) return undefined;
  const [, kind = 'group', namespace = 'default', name] = match;
  return `${kind}:${namespace}/${name}`.toLocaleLowerCase('en-US');
}
