// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const applyExamples: TemplateExample[] = [
  {
    description: 'Create a tenant with one environment',
    example: `steps:
  - id: apply
    name: Create the tenant
    action: tenants:apply
    input:
      tenant: \${{ parameters.tenant }}
      owner: \${{ parameters.owner }}
      environments:
        - name: production
          cluster: eu-west
          tier: \${{ parameters.tier }}
          modules: \${{ parameters.modules }}
`,
  },
  {
    description: 'Move an environment to another tier',
    example: `steps:
  - id: apply
    name: Change the tier
    action: tenants:apply
    input:
      tenant: analytics
      changes:
        - name: production
          tier: premium
`,
  },
];
