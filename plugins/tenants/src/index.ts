// SPDX-License-Identifier: Apache-2.0
/**
 * The pages of Tenantry for the Backstage frontend.
 *
 * @packageDocumentation
 */
export { tenantsPlugin as default } from './plugin';
export { tenantsApiRef } from './api';
export { MyTenantsCard } from './home/MyTenantsCard';
export { tenantsTranslationRef } from './translation';
