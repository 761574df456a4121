// SPDX-License-Identifier: Apache-2.0

const LETTERS = 'bcdf2456789';

/** The name part that tells revisions of a pod template apart, in the alphabet Kubernetes uses. */
export function templateHash(template: unknown): string {
  let left = 0x811c9dc5;
  let right = 0x1b873593;
  for (const character of JSON.stringify(template)) {
    const code = character.charCodeAt(0);
    left = Math.imul(left ^ code, 0x01000193) >>> 0;
    right = Math.imul(right ^ code, 0x85ebca6b) >>> 0;
  }
  const digits = `${left}${right}`.slice(0, 10).padEnd(10, '0');
  return [...digits].map(digit => LETTERS[Number(digit)]).join('');
}
