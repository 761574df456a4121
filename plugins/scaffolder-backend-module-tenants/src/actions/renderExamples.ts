// SPDX-License-Identifier: Apache-2.0
import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const renderExamples: TemplateExample[] = [
  {
    description: 'Open a pull request with the objects of a new tenant',
    example: `steps:
  - id: render
    name: Render
    action: tenants:render
    input:
      tenant: analytics
      owner: group:default/team-analytics
      environments:
        - { name: production, cluster: eu-west, tier: bronze }
      targetPath: clusters
  - id: pull-request
    name: Open the pull request
    action: publish:github:pull-request
    input:
      repoUrl: github.com?owner=acme&repo=platform
      branchName: tenant-analytics
      title: Tenant analytics
      description: Rendered by the portal.
`,
  },
  {
    description: 'Open a pull request that removes what one environment runs',
    example: `steps:
  - id: render
    name: Find its files
    action: tenants:render
    input:
      tenant: analytics
      decommission: { environments: [staging] }
      targetPath: clusters
  - id: pull-request
    name: Open the pull request
    action: publish:github:pull-request
    input:
      repoUrl: github.com?owner=acme&repo=platform
      branchName: decommission-analytics-staging
      title: Decommission staging of analytics
      description: Rendered by the portal.
      filesToDelete: \${{ steps.render.output.removed }}
`,
  },
];
