// SPDX-License-Identifier: Apache-2.0
/**
 * Template actions that plan, apply, wait for and delete tenants.
 *
 * @packageDocumentation
 */
export { scaffolderModuleTenants as default } from './module';
