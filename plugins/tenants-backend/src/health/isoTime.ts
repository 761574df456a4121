// SPDX-License-Identifier: Apache-2.0

/** Writes a time in milliseconds since the epoch as a cluster does: whole seconds stand without a fraction. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
