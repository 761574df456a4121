// SPDX-License-Identifier: Apache-2.0
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { RenderedFile } from '@tenantry/backstage-plugin-tenants-common';
import { refuseIfRefused } from '../progress/describePlan';
import { readRenderRequest } from '../request/readApplyRequest';
import { renderExamples } from './renderExamples';
import { renderInput } from './renderInput';
import type { TenantActionOptions } from './TenantActionOptions';

/** `tenants:render`: writes a tenant’s objects into the workspace, for a pull request. */
export function createRenderAction({ tenants }: TenantActionOptions) {
  return createTemplateAction({
    id: 'tenants:render',
    description:
      'Writes the Kubernetes objects of a tenant as YAML files into the workspace, for a pull request, and says which files one that decommissions deletes. Changes no cluster; secrets are never written.',
    examples: renderExamples,
    supportsDryRun: true,
    schema: {
      input: renderInput,
      output: {
        files: z =>
          z.array(z.string(), { description: 'Paths, from the folder on.' }),
        removed: z =>
          z.array(z.string(), {
            description:
              'Paths of the files to delete from the repository, the folder included. Empty unless decommission is given.',
          }),
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
      const removed = (plan.removedFiles ?? []).map(path =>
        posix.join(targetPath, path),
      );
      ctx.logger.info(
        `${files.length} files were written, ${removed.length} are to be deleted.`,
      );
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      ctx.output('removed', removed);
    },
  });
}

async function write(root: string, { path, content }: RenderedFile) {
  const target = resolveSafeChildPath(root, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, content);
}
