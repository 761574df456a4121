// SPDX-License-Identifier: Apache-2.0
import type { NetworkPort } from '@tenantry/backstage-plugin-tenants-common';

/** Ports that both lists let through; an empty list lets every port through. `undefined`: none. */
export function commonPorts(
  a: readonly NetworkPort[],
  b: readonly NetworkPort[],
): readonly NetworkPort[] | undefined {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const both = a.flatMap(one => b.flatMap(other => common(one, other) ?? []));
  return both.length === 0 ? undefined : both;
}

function common(a: NetworkPort, b: NetworkPort): NetworkPort | undefined {
  if (a.protocol !== b.protocol) return undefined;
  if (a.port === undefined) return b;
  if (b.port === undefined) return a;
  // What number a name stands for is known to the pod only: the name is told as it is.
  if (typeof a.port === 'string') {
    return typeof b.port === 'string' && a.port !== b.port ? undefined : a;
  }
  if (typeof b.port === 'string') return b;
  const from = Math.max(a.port, b.port);
  const to = Math.min(a.endPort ?? a.port, b.endPort ?? b.port);
  if (from > to) return undefined;
  const { protocol } = a;
  return { protocol, port: from, ...(to > from ? { endPort: to } : {}) };
}
