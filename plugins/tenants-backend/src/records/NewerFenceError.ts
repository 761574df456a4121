// SPDX-License-Identifier: Apache-2.0

/** A newer lease writes to the environment: who gets this must stop and write nothing more. */
export class NewerFenceError extends Error {
  override readonly name = 'NewerFenceError';

  constructor(
    /** The record, as `name on cluster`. */
    readonly record: string,
    readonly fence: { readonly ours: number; readonly found: number },
  ) {
    super(
      `The record ${record} belongs to a newer lease (${fence.found}) than ours (${fence.ours}). If the portal’s database was lost or replaced, lower the record’s fence annotation.`,
    );
  }
}

/** A record that is in the way and cannot be read. */
export class UnreadableRecordError extends Error {
  override readonly name = 'UnreadableRecordError';

  constructor(record: string, problem: string) {
    super(
      `The record ${record} can’t be read: ${problem}. Restore it from a backup, or remove it and adopt the environment’s namespaces again.`,
    );
  }
}
