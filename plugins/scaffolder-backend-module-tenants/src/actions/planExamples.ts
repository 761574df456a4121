// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const planExamples: TemplateExample[] = [
  {
    description: 'See whether a module fits before adding it',
    example: `steps:
  - id: plan
    name: Plan
    action: tenants:plan
    input:
      tenant: analytics
      changes:
        - name: production
          modules: [{ name: superset }]
`,
  },
];
