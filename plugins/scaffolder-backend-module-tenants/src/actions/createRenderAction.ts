// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { RenderedFile } from '@tenantry/backstage-plugin-tenants-common';
import { refuseIfRefused } from '../progress/describePlan';
import { readRenderRequest } from '../request/readApplyRequest';
import { applyInput } from './applyInput';
import { renderExamples } from './renderExamples';
import type { TenantActionOptions } from './TenantActionOptions';

/** `tenants:render`: writes a tenant’s objects into the workspace, for a pull request. */
export function createRenderAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:render',
    description:
      'Writes the Kubernetes objects of a tenant as YAML files into the workspace, for a pull request. Changes no cluster; secrets are never written.',
    examples: renderExamples,
    supportsDryRun: true,
    schema: {
      input: {
        ...applyInput,
        members: z =>
          z
            .record(z.any(), {
              description:
                'Instead of environments: a change of members, with set (subject and role), remove (subjects) and, where not in all, environments.',
            })
            .optional(),
        targetPath: z =>
          z
            .string({
              description: 'Folder in the workspace; left out: its root.',
            })
            .optional(),
      },
      output: {
        files: z =>
          z.array(z.string(), { description: 'Paths, from the folder on.' }),
      },
    },
    async handler(ctx) {
      const api = tenants.as(await ctx.getInitiatorCredentials());
      const { targetPath = '.', ...input } = ctx.input;
      const { tenant, request } = await readRenderRequest(input, api);
      const { signal } = ctx;
      const plan = await api.operations.plan(
        { tenant, request, render: true },
        { signal },
      );
      refuseIfRefused(plan);
      const files = plan.files ?? [];
      const root = resolveSafeChildPath(ctx.workspacePath, targetPath);
      for (const file of files) await write(root, file);
      ctx.logger.info(`${files.length} files were written.`);
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
    },
  });
}

async function write(root: string, { path, content }: RenderedFile) {
  const target = resolveSafeChildPath(root, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
}
