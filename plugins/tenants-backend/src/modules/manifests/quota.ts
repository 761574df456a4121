// SPDX-License-Identifier: Apache-2.0
import type { Tier } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { environmentLabels } from './objectLabels';
import type { RenderInput, RenderSettings } from './RenderInput';

/**
 * Object counts of an environment where neither its tier nor the settings say them. Nobody reaches them by ordinary work; they keep
 * one tenant from filling the cluster's database. No node ports and no load balancers: those are the platform's.
 */
const DEFAULT_OBJECT_LIMITS: Readonly<Record<string, string>> = {
  pods: '200',
  services: '100',
  replicationcontrollers: '20',
  resourcequotas: '5',
  secrets: '200',
  configmaps: '200',
  persistentvolumeclaims: '50',
  'services.nodeports': '0',
  'services.loadbalancers': '0',
};

/** The hard limits of an environment's ResourceQuota: its tier's, then the settings', then the defaults. */
export function quotaHard(
  tier: Tier,
  settings: Pick<RenderSettings, 'objectLimits'>,
): Record<string, string> {
  const counts = { ...DEFAULT_OBJECT_LIMITS, ...settings.objectLimits };
  const said = new Set(Object.keys(tier.quota).map(countedObject));
  const missing = Object.entries(counts).filter(([name]) => !said.has(name));
  return { ...tier.quota, ...Object.fromEntries(missing) };
}

/** `count/pods` and `pods` limit the same. */
function countedObject(resource: string): string {
  return resource.replace(/^count\//, '');
}

/** Name of the quota of a namespace. */
function quotaName(namespace: string): string {
  return `${namespace}-quota`;
}

/** The ResourceQuota of an environment. */
export function renderQuota(input: RenderInput): KubeManifest {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {
      name: quotaName(input.namespace),
      namespace: input.namespace,
      labels: environmentLabels(input),
    },
    spec: { hard: quotaHard(input.tier, input.settings) },
  };
}
