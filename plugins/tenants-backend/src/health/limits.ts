// SPDX-License-Identifier: Apache-2.0

const MINUTE_MS = 60_000;

/** How long a state may last before it is a fault and no longer progress. */
export const LIMITS = {
  /** No node for a pod: long enough for an autoscaler to add one. */
  unschedulableMs: 2 * MINUTE_MS,
  /** A container that runs and answers its probes with a failure. */
  probeFailingMs: MINUTE_MS,
  /** A pod that is being prepared, or that runs and is not ready. */
  startingMs: 5 * MINUTE_MS,
  /** The kubelet forgets a crash after ten minutes of running; so do we. */
  restartMemoryMs: 10 * MINUTE_MS,
  /** An object that is being deleted. */
  terminatingMs: 5 * MINUTE_MS,
  /** Fewer ready pods than wanted, without a pod that says why. */
  unavailableMs: 10 * MINUTE_MS,
  /** A claim without a volume, a load balancer without an address, a metric nobody measures. */
  provisioningMs: 5 * MINUTE_MS,
} as const;

/** The end of a limit that began at a time, while it lies in the future; `undefined` once it is over. */
export function limitEnd(
  since: string | undefined,
  limitMs: number,
  now: Date,
): Date | undefined {
  const end = since === undefined ? NaN : Date.parse(since) + limitMs;
  return end > now.getTime() ? new Date(end) : undefined;
}
