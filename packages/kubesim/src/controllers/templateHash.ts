// SPDX-License-Identifier: Apache-2.0

const LETTERS = 'bcdf2456789';

/**
 * The name part that tells revisions of a pod template apart, in the alphabet Kubernetes uses. Depends on what the
 * template says only, not on the order of its fields: a rollback that writes an old template again finds its revision.
 */
export function templateHash(template: unknown): string {
  let left = 0x811c9dc5;
  let right = 0x1b873593;
  for (const character of canonical(template)) {
    const code = character.charCodeAt(0);
    left = Math.imul(left ^ code, 0x01000193) >>> 0;
    right = Math.imul(right ^ code, 0x85ebca6b) >>> 0;
  }
  const digits = `${left}${right}`.slice(0, 10).padEnd(10, '0');
  return [...digits].map(digit => LETTERS[Number(digit)]).join('');
}

/** JSON with sorted fields; empty ones say as much as missing ones. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, member]) => !isEmpty(member))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${fields.join(',')}}`;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return (
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).length === 0
  );
}
