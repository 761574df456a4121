// SPDX-License-Identifier: Apache-2.0
import type {
  KubernetesAccess,
  KubernetesAccessRegistry,
} from '@tenantry/backstage-plugin-tenants-node';
import { waitFor } from '../informers/waitFor';
import type { Clock } from '../time/Clock';

/** How the portal’s Kubernetes plugin is reached. */
export type AccessMode = 'auto' | 'inProcess' | 'proxy';

export const ACCESS_MODES: readonly AccessMode[] = [
  'auto',
  'inProcess',
  'proxy',
];

export type ChooseAccessOptions = {
  readonly mode: AccessMode;
  readonly registry: KubernetesAccessRegistry;
  /** Clusters of a Kubernetes plugin in another process. */
  readonly proxy: KubernetesAccess;
  readonly clock: Clock;
};

/** So long the Kubernetes plugin of this process may take to start. */
export const inProcessGraceMs = 15_000;

/**
 * The way to the Kubernetes plugin, asked for again at each reading of the clusters.
 *
 * `auto`: what a plugin in this process has handed over; when nothing was by 15 s after the first question, the proxy of the
 * plugin that discovery finds; a later hand-over takes its place.
 */
export function chooseAccess(
  options: ChooseAccessOptions,
): (signal: AbortSignal) => Promise<KubernetesAccess> {
  const { mode, registry, proxy, clock } = options;
  if (mode === 'proxy') return async () => proxy;
  if (mode === 'inProcess') return () => registry.whenProvided();
  let firstAskedAt: number | undefined;
  return async signal => {
    firstAskedAt ??= clock.now();
    const left = firstAskedAt + inProcessGraceMs - clock.now();
    const stopWaiting = new AbortController();
    const until = AbortSignal.any([signal, stopWaiting.signal]);
    const given = await Promise.race([
      registry.whenProvided(),
      waitFor(left, { clock, signal: until }),
    ]);
    stopWaiting.abort();
    return given ?? registry.get() ?? proxy;
  };
}
