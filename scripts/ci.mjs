// SPDX-License-Identifier: Apache-2.0
// Everything that must hold before a change lands. Each check counts as one beside the tests.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, step } from './run.mjs';

const checks = [
  { title: 'Type check', command: ['tsc', '--noEmit'] },
  {
    title: 'Lint',
    command: ['backstage-cli', 'repo', 'lint', '--max-warnings', '0'],
  },
  {
    title: 'Format',
    command: ['prettier', '--check', '--loglevel', 'warn', '.'],
  },
  { title: 'Files and folders', command: ['node', 'scripts/checkTree.mjs'] },
  { title: 'Unused code and dependencies', command: ['knip'] },
  {
    title: 'Package metadata',
    command: ['backstage-cli', 'repo', 'fix', '--check', '--publish'],
  },
  {
    title: 'Generated docs',
    command: [
      'node',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'scripts/permissionsDoc.mjs',
      '--check',
    ],
  },
  {
    title: 'Generated roles',
    command: [
      'node',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'scripts/clusterRole.mjs',
      '--check',
    ],
  },
  {
    title: 'Configuration page',
    command: ['node', 'scripts/configurationDoc.mjs', '--check'],
  },
  {
    title: 'Schema of module definitions',
    command: [
      'node',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'scripts/definitionsSchema.mjs',
      '--check',
    ],
  },
  {
    title: 'Example module definitions',
    command: [
      'node',
      'packages/cli/bin/tenantry',
      'validate',
      'examples/module-definitions/platform.yaml',
      'examples/module-definitions/spanda.yaml',
    ],
  },
  {
    title: 'Coverage floors',
    command: ['node', 'scripts/coverageFloors.mjs'],
  },
  { title: 'API reports', command: ['node', 'scripts/apiReports.mjs', '--ci'] },
];

function readTestCounts() {
  const file = join(root, 'coverage', 'counts.json');
  return existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 1 };
}

const testCode = await step('npm test', () => run('npm', ['test']));
let { passed, failed } = readTestCounts();
if (testCode !== 0 && failed === 0) failed = 1;
const broken = [];
for (const {
  title,
  command: [name, ...args],
} of checks) {
  const code = await step(title, () => run(name, args));
  if (code === 0) passed += 1;
  else {
    failed += 1;
    broken.push(title);
  }
}
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
