// SPDX-License-Identifier: Apache-2.0
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { explainInvalidTenantName } from '@tenantry/backstage-plugin-tenants-common';
import { checkEnvironment } from '../templates/checkEnvironment';
import { lazyField } from './lazyField';
import { tenantsPlugin } from './tenantsPlugin';

/**
 * The name of a new tenant.
 *
 * @public
 */
export const TenantNameFieldExtension = tenantsPlugin.provide(
  createScaffolderFieldExtension<string>({
    name: 'TenantNameField',
    component: lazyField(() =>
      import('../templates/TenantNameField').then(m => m.TenantNameField),
    ),
    validation: (value, field) => {
      const wrong = value && explainInvalidTenantName(value);
      if (wrong) field.addError(wrong);
    },
  }),
);

/**
 * A cluster where an environment can be made.
 *
 * @public
 */
export const TenantClusterFieldExtension = tenantsPlugin.provide(
  createScaffolderFieldExtension<string>({
    name: 'TenantClusterField',
    component: lazyField(() =>
      import('../templates/TenantClusterField').then(m => m.TenantClusterField),
    ),
  }),
);

/**
 * A tier with its quota.
 *
 * @public
 */
export const TenantTierFieldExtension = tenantsPlugin.provide(
  createScaffolderFieldExtension<string>({
    name: 'TenantTierField',
    component: lazyField(() =>
      import('../templates/TenantTierField').then(m => m.TenantTierField),
    ),
  }),
);

/**
 * An environment of the chosen tenant.
 *
 * @public
 */
export const TenantEnvironmentFieldExtension = tenantsPlugin.provide(
  createScaffolderFieldExtension<string>({
    name: 'TenantEnvironmentField',
    component: lazyField(() =>
      import('../templates/TenantEnvironmentField').then(
        m => m.TenantEnvironmentField,
      ),
    ),
    validation: checkEnvironment,
  }),
);

/**
 * Modules with their parameters and what they would change.
 *
 * @public
 */
export const TenantModulesFieldExtension = tenantsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'TenantModulesField',
    component: lazyField(() =>
      import('../templates/TenantModulesField').then(m => m.TenantModulesField),
    ),
  }),
);
