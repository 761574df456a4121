// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const memberAddExamples: TemplateExample[] = [
  {
    description: 'Let a group work in every environment',
    example: `steps:
  - id: add
    name: Add the team
    action: tenants:member:add
    input:
      tenant: analytics
      subject: group:default/team-analytics
      role: edit
`,
  },
];

export const memberRemoveExamples: TemplateExample[] = [
  {
    description: 'Take a user’s roles away',
    example: `steps:
  - id: remove
    name: Remove the member
    action: tenants:member:remove
    input:
      tenant: analytics
      subject: user:default/ada
`,
  },
];
