// SPDX-License-Identifier: Apache-2.0
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { explainInvalidTenantName } from '@tenantry/backstage-plugin-tenants-common';
import { checkEnvironment } from './checkEnvironment';

// Each field is loaded when a template uses it.
const tenantName = FormFieldBlueprint.make({
  name: 'tenant-name',
  params: {
    field: async () => {
      const { TenantNameField } = await import('./TenantNameField');
      return createFormField({
        name: 'TenantNameField',
        component: TenantNameField,
        schema: makeFieldSchema({ output: z => z.string() }),
        validation: (value, field) => {
          const wrong = value && explainInvalidTenantName(value);
          if (wrong) field.addError(wrong);
        },
      });
    },
  },
});

const cluster = FormFieldBlueprint.make({
  name: 'tenant-cluster',
  params: {
    field: async () => {
      const { TenantClusterField } = await import('./TenantClusterField');
      return createFormField({
        name: 'TenantClusterField',
        component: TenantClusterField,
        schema: makeFieldSchema({ output: z => z.string() }),
      });
    },
  },
});

const tier = FormFieldBlueprint.make({
  name: 'tenant-tier',
  params: {
    field: async () => {
      const { TenantTierField } = await import('./TenantTierField');
      return createFormField({
        name: 'TenantTierField',
        component: TenantTierField,
        schema: makeFieldSchema({ output: z => z.string() }),
      });
    },
  },
});

const environment = FormFieldBlueprint.make({
  name: 'tenant-environment',
  params: {
    field: async () => {
      const { TenantEnvironmentField } = await import(
        './TenantEnvironmentField'
      );
      return createFormField({
        name: 'TenantEnvironmentField',
        component: TenantEnvironmentField,
        schema: makeFieldSchema({
          output: z => z.string(),
          uiOptions: z => z.object({ unmanaged: z.boolean().optional() }),
        }),
        validation: checkEnvironment,
      });
    },
  },
});

const modules = FormFieldBlueprint.make({
  name: 'tenant-modules',
  params: {
    field: async () => {
      const { TenantModulesField } = await import('./TenantModulesField');
      return createFormField({
        name: 'TenantModulesField',
        component: TenantModulesField,
        schema: makeFieldSchema({
          output: z =>
            z.array(
              z.object({
                name: z.string(),
                version: z.string().optional(),
                parameters: z.record(z.any()).optional(),
              }),
            ),
          uiOptions: z =>
            z.object({ mode: z.enum(['choose', 'add', 'upgrade']).optional() }),
        }),
      });
    },
  },
});

/** The fields of our templates. */
export const formFields = [tenantName, cluster, tier, environment, modules];
