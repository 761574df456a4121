// SPDX-License-Identifier: Apache-2.0

/** Where a reader stands: after the change `sequence` of a process, seen with certain rights. */
type Cursor = { readonly instance: string; readonly sequence: number };

/** Writes `<instance>.<sequence>`. */
export function writeCursor({ instance, sequence }: Cursor): string {
  return `${instance}.${sequence}`;
}

/** Reads a cursor; `undefined` when it is none, or one of another instance: the reader then needs a snapshot. */
export function readCursor(
  cursor: string | undefined,
  instance: string,
): number | undefined {
  const prefix = `${instance}.`;
  if (!cursor?.startsWith(prefix)) return undefined;
  const sequence = cursor.slice(prefix.length);
  return /^\d{1,15}$/.test(sequence) ? Number(sequence) : undefined;
}
