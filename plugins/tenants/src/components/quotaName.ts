// SPDX-License-Identifier: Apache-2.0
import type { Translate } from '../useText';

/** Objects that are counted, by the names of their kinds, which are the same in every language. */
const COUNTED: ReadonlyMap<string, string> = new Map([
  ['configmaps', 'ConfigMaps'],
  ['replicationcontrollers', 'ReplicationControllers'],
  ['resourcequotas', 'ResourceQuotas'],
  ['secrets', 'Secrets'],
  ['services', 'Services'],
]);

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
    ['services.nodeports', t('quota.nodePorts')],
    ['services.loadbalancers', t('quota.loadBalancers')],
  ]);
  const counted = resource.replace(/^count\//, '');
  return names.get(counted) ?? COUNTED.get(counted) ?? resource;
}
