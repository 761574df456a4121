// SPDX-License-Identifier: Apache-2.0
/**
 * Puts tenants, modules and runbooks into the portal’s search.
 *
 * @packageDocumentation
 */
export { searchModuleTenants as default } from './module';
