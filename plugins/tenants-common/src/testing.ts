// SPDX-License-Identifier: Apache-2.0
/**
 * Builders of wire data with defaults that can be overridden, for tests and for the plugin's own development app.
 *
 * @packageDocumentation
 */
export * from './testing/accessFixture';
export * from './testing/tenantFixture';
export * from './testing/degradedTenantFixture';
export * from './testing/tenantListFixture';
