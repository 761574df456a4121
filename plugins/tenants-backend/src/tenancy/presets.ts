// SPDX-License-Identifier: Apache-2.0
import type { TenancyLabels } from './TenancyLabels';

/** The prefix of our own labels where none is configured. */
export const DEFAULT_LABEL_PREFIX = 'tenantry.dev';

/** Ways to label tenants that can be adopted as they are. */
export const TENANCY_PRESETS = [
  'tenantry',
  'capsule',
  'spanda',
  'opendatahub',
  'plain',
] as const;

export type TenancyPreset = (typeof TENANCY_PRESETS)[number];

const VERSION_LABEL = 'app.kubernetes.io/version';
const MODULE_FALLBACKS = [
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/instance',
];

/** Builds the labels of a preset. The prefix is that of our own labels, which every preset understands on workloads. */
export function tenancyPreset(
  preset: TenancyPreset,
  prefix: string = DEFAULT_LABEL_PREFIX,
): TenancyLabels {
  const ours = ownLabels(prefix);
  switch (preset) {
    case 'tenantry':
      return ours;
    case 'capsule':
      return {
        ...ours,
        tenant: ['capsule.clastix.io/tenant', 'projectcapsule.dev/tenant'],
      };
    case 'spanda':
      return spandaLabels(ours);
    case 'opendatahub':
      return {
        ...ours,
        tenant: [],
        namespaceIsTenant: { label: 'opendatahub.io/dashboard', value: 'true' },
      };
    default:
      return {
        ...ours,
        tenant: ['tenant'],
        environment: ['environment', 'env'],
        tier: ['tier'],
        owner: ['owner', `${prefix}/owner`],
        module: [`${prefix}/module`, ...MODULE_FALLBACKS, 'app'],
      };
  }
}

function ownLabels(prefix: string): TenancyLabels {
  return {
    tenant: [`${prefix}/tenant`],
    environment: [`${prefix}/environment`],
    defaultEnvironment: 'default',
    tier: [`${prefix}/tier`],
    owner: [`${prefix}/owner`],
    managedBy: { label: 'app.kubernetes.io/managed-by', value: 'tenantry' },
    module: [`${prefix}/module`, ...MODULE_FALLBACKS],
    release: [`${prefix}/release`, VERSION_LABEL],
  };
}

/** Its older namespaces name no tenant: there `managed` marks them and the namespace is the tenant. */
function spandaLabels(ours: TenancyLabels): TenancyLabels {
  return {
    ...ours,
    tenant: ['spanda.ai/tenant'],
    namespaceIsTenant: { label: 'spanda.ai/managed', value: 'true' },
    environment: ['spanda.ai/environment'],
    defaultEnvironment: 'dev',
    tier: ['spanda.ai/tier'],
    module: [
      'spanda.ai/module',
      'spandaModule',
      ...ours.module.slice(0, 1),
      ...MODULE_FALLBACKS,
      'app.kubernetes.io/name',
    ],
  };
}
