// SPDX-License-Identifier: Apache-2.0
/**
 * The Tenantry service: watches the portal’s clusters, derives tenants and their health, and serves them.
 *
 * @packageDocumentation
 */
export { tenantsPlugin as default } from './plugin';
