// SPDX-License-Identifier: Apache-2.0

/** A sentence of a definition, to stand inside one of ours. */
export function withoutStop(sentence: string): string {
  return sentence.trim().replace(/\.$/, '');
}
