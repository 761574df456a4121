// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const deleteExamples: TemplateExample[] = [
  {
    description: 'Remove what one environment runs, and keep its data',
    example: `steps:
  - id: delete
    name: Remove the environment
    action: tenants:delete
    input:
      tenant: analytics
      environments: [staging]
`,
  },
];
