// SPDX-License-Identifier: Apache-2.0
/**
 * Backend module of the Kubernetes plugin that hands its clusters to the Tenantry backend, in process.
 *
 * @packageDocumentation
 */
export {
  kubernetesModuleTenants as default,
  kubernetesModuleTenantsByObjectsProvider,
} from './module';
