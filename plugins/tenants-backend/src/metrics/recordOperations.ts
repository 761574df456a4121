// SPDX-License-Identifier: Apache-2.0
import { OPERATION_STATES } from '@tenantry/backstage-plugin-tenants-common';
import type { DatabaseOperationStore } from '../operations/store/DatabaseOperationStore';
import type { Instruments } from './createInstruments';

/** Where operations are counted; left out, they are not. */
export type MeasuredOperations = {
  readonly store?: {
    readonly history: Pick<DatabaseOperationStore['history'], 'counts'>;
  };
};

/** Counts what has not ended. While the database is away the series are absent, the other metrics stay. */
export async function recordOperations(
  { operations }: Instruments,
  { store }: MeasuredOperations,
): Promise<void> {
  operations.reset();
  if (!store) return;
  try {
    const counts = await store.history.counts();
    for (const state of OPERATION_STATES.slice(0, 4)) {
      operations.set({ state }, counts[state] ?? 0);
    }
  } catch {
    // Absent says it.
  }
}
