// SPDX-License-Identifier: Apache-2.0
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';

/** Stands where a portal has the action of that name: takes what that takes. */
export const PULL_REQUEST_ACTION = 'publish:github:pull-request';

async function readFiles(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries.filter(entry => entry.isFile());
  const contents = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path), await readFile(path, 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}

/** Puts out what the pull request would hold, which nobody is asked to take. */
const pullRequestAction = createTemplateAction({
  id: PULL_REQUEST_ACTION,
  description: 'Puts out what a pull request would hold.',
  schema: {
    input: {
      repoUrl: z => z.string(),
      branchName: z => z.string(),
      title: z => z.string(),
      description: z => z.string(),
      filesToDelete: z => z.array(z.string()).optional(),
    },
    output: {
      remoteUrl: z => z.string(),
    },
  },
  async handler(ctx) {
    const { repoUrl, branchName, title, filesToDelete = [] } = ctx.input;
    const files = await readFiles(ctx.workspacePath);
    const said = { repoUrl, branchName, title, files, filesToDelete };
    ctx.logger.info(JSON.stringify(said));
    ctx.output('remoteUrl', `https://git.example/acme/platform/${branchName}`);
  },
});

/** Gives the scaffolder an action that opens pull requests nowhere. */
export const pullRequestModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'test-pull-request',
  register(reg) {
    reg.registerInit({
      deps: { actions: scaffolderActionsExtensionPoint },
      async init({ actions }) {
        actions.addActions(pullRequestAction);
      },
    });
  },
});
