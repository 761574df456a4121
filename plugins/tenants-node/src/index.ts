// SPDX-License-Identifier: Apache-2.0
/**
 * Ports and extension points of the Tenantry backend.
 *
 * @packageDocumentation
 */
export * from './kube/resourceType';
export * from './kube/KubeError';
export * from './kube/KubeApi';
export * from './kubernetesAccess';
export * from './policyPreview';
export * from './tenantRules';
export * from './TenantSource';
export * from './CustomKind';
export * from './ModuleDefinitionSource';
export * from './tenantsServiceRef';
