// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import type { KubeConnection, KubeRequest } from './KubeConnection';

export type ProxiedWatchOptions = {
  readonly open: KubeConnection['open'];
  /** Another call, which is answered at once when the cluster can be reached. */
  readonly probe: () => Promise<unknown>;
  readonly clock: Clock;
  /** So long the watch may be silent. */
  readonly idleMs: number;
  readonly onOpen: () => void;
};

/** A refusal of a watch comes sooner than this. */
const assumedOpenMs = 2_000;

function isTimeout(error: unknown): boolean {
  return error instanceof KubeError && error.reason === 'Timeout';
}

/**
 * Opens a watch through the Kubernetes plugin’s proxy. That holds the beginning of an answer back until its first byte, which
 * on a quiet watch may never come; so another call shows that the cluster answers, and the watch counts as open when it is
 * not refused soon after.
 *
 * @returns `undefined` when it stayed silent for too long: as good an end as any
 * @throws KubeError
 */
export async function openProxiedWatch(
  request: KubeRequest,
  options: ProxiedWatchOptions,
) {
  const { open, probe, clock, idleMs, onOpen } = options;
  await probe();
  let opened = false;
  const countAsOpen = () => {
    if (!opened) onOpen();
    opened = true;
  };
  const cancel = clock.after(assumedOpenMs, countAsOpen);
  try {
    const body = await open({ ...request, headersTimeoutMs: idleMs });
    countAsOpen();
    return body;
  } catch (error) {
    if (opened && isTimeout(error)) return undefined;
    throw error;
  } finally {
    cancel();
  }
}
