// SPDX-License-Identifier: Apache-2.0
/**
 * Puts tenants into the Backstage catalogue.
 *
 * @packageDocumentation
 */
export { catalogModuleTenants as default } from './module';
