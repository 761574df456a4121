// SPDX-License-Identifier: Apache-2.0
export * from './TenancyLabels';
export * from './presets';
export * from './TenantGroup';
export * from './tenantOfNamespace';
export * from './parseOwner';
export * from './groupTenants';
export * from './resolveOwnership';
export * from './ownerChain';
export * from './moduleOf';
export * from './deriveTenant';
export * from './deriveEvents';
export * from './deriveQuota';
export * from './deriveCauses';
export * from './deriveMembers';
export * from './toTenantRow';
export * from './createTenantDerivation';
