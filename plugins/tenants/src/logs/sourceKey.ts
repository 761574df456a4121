// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';

/** Names a container across connections. */
export function sourceKey(source: LogSource): string {
  const { cluster, namespace, pod, container } = source;
  return `${cluster}/${namespace}/${pod}/${container}`;
}
