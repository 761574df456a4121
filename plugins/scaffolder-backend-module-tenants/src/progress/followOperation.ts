// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Operation,
  type OperationEvent,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';

/** How long to wait between two looks. */
const LOOK_MS = 1_000;

type FollowOptions = {
  readonly api: Pick<TenantsApi, 'operations'>;
  readonly signal: AbortSignal;
  readonly onEvent: (event: OperationEvent) => void;
  /** Replaced by tests. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
};

const pauseFor = async (ms: number, signal: AbortSignal) => {
  await sleep(ms, undefined, { signal });
};

/**
 * Tells every event of an operation until it has ended. A task of the portal cannot hold a stream open over its own
 * recovery, so events are fetched by their number: none is told twice, none is left out.
 *
 * @throws what the signal was aborted with
 */
export async function followOperation(
  id: string,
  { api, signal, onEvent, pause = pauseFor }: FollowOptions,
): Promise<Operation> {
  let after = 0;
  for (;;) {
    signal.throwIfAborted();
    const page = await api.operations.listEvents(id, { after }, { signal });
    page.items.forEach(onEvent);
    const isLast = page.ended && page.after === after;
    after = page.after;
    if (isLast) return api.operations.get(id, { signal });
    if (page.items.length === 0) await pause(LOOK_MS, signal);
  }
}
