// SPDX-License-Identifier: Apache-2.0
// House rules about files that a linter does not see.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter(file => file !== '' && existsSync(join(root, file)));
const sources = files.filter(
  file => /\.(ts|tsx|mjs)$/.test(file) && !/(\.d\.ts|__fixtures__)/.test(file),
);
const read = file => readFileSync(join(root, file), 'utf8');

const problems = [
  ...sources
    .filter(
      file => !read(file).startsWith('// SPDX-License-Identifier: Apache-2.0'),
    )
    .map(file => `${file}: the first line must be the SPDX line`),
  ...files
    .filter(file =>
      /(^|\/)(utils?|helpers?|lib|misc|common|shared)\//.test(file),
    )
    .map(file => `${file}: this folder's name says nothing; name the concept`),
  ...sources
    .filter(file => /jest\.mock\(['"](\.|@tenantry)/.test(read(file)))
    .map(
      file => `${file}: mocks our own module; use a fake with a contract suite`,
    ),
  ...(/resolution:.*https?:/.test(read('yarn.lock'))
    ? ['yarn.lock: holds addresses']
    : []),
];

for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
