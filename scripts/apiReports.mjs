// SPDX-License-Identifier: Apache-2.0
// Writes each published package's report.api.md, or with --ci checks that they are up to date.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

rmSync(join(root, 'dist-types'), { recursive: true, force: true });
const types = await run('tsc', [
  '--emitDeclarationOnly',
  '--declaration',
  '--noEmit',
  'false',
  '--incremental',
  'false',
  '--outDir',
  'dist-types',
]);
process.exitCode =
  types ||
  (await run('backstage-repo-tools', [
    'api-reports',
    ...process.argv.slice(2),
    '--include',
    'plugins/*',
    '--allow-all-warnings',
    // It holds the path of the checkout, and comes from reading sources through workspace links.
    '--omit-messages',
    'ae-wrong-input-file-type',
  ]));
