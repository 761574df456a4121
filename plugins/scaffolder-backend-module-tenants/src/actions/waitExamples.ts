// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const waitExamples: TemplateExample[] = [
  {
    description: 'Wait until what was applied is healthy',
    example: `steps:
  - id: wait
    name: Wait until it is healthy
    action: tenants:wait
    input:
      operation: \${{ steps.apply.output.operation }}
      timeoutMinutes: 20
`,
  },
];
