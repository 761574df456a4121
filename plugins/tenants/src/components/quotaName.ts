// SPDX-License-Identifier: Apache-2.0
import type { Translate } from '../useText';

/** The name of a quota's resource in plain words; one that has none keeps its own. */
export function quotaName(t: Translate, resource: string): string {
  const names = new Map([
    ['requests.cpu', t('quota.cpuRequests')],
    ['cpu', t('quota.cpuRequests')],
    ['limits.cpu', t('quota.cpuLimits')],
    ['requests.memory', t('quota.memoryRequests')],
    ['memory', t('quota.memoryRequests')],
    ['limits.memory', t('quota.memoryLimits')],
    ['requests.storage', t('quota.storageRequests')],
    ['persistentvolumeclaims', t('quota.volumeClaims')],
    ['pods', t('quota.pods')],
  ]);
  return names.get(resource) ?? resource;
}
