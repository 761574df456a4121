// SPDX-License-Identifier: Apache-2.0
// `npm test`: unit and integration tests, then the browser stories.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { provision } from './provision.mjs';
import { root, run, step } from './run.mjs';
import { runUnits, testEnv } from './units.mjs';

const jestReport = join(root, 'coverage', 'jest.json');
const storiesReport = join(root, 'coverage', 'stories.json');

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function countUnits() {
  const code = await runUnits(['--json', `--outputFile=${jestReport}`]);
  const report = readReport(jestReport);
  const passed = report?.numPassedTests ?? 0;
  const failed =
    (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
  return {
    passed,
    failed: code !== 0 || passed === 0 ? Math.max(failed, 1) : failed,
  };
}

async function runStories() {
  const code = await run(
    'playwright',
    ['test', '--config', 'test/e2e/playwright.config.ts'],
    {
      env: { ...testEnv, PLAYWRIGHT_JSON_OUTPUT_NAME: storiesReport },
    },
  );
  const stats = readReport(storiesReport)?.stats ?? {
    expected: 0,
    flaky: 0,
    unexpected: 0,
  };
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: code !== 0 || stats.expected === 0 ? Math.max(failed, 1) : failed,
  };
}

rmSync(join(root, 'coverage'), { recursive: true, force: true });
mkdirSync(join(root, 'coverage'));
try {
  await step('Programs the tests need', provision);
  const counts = [
    await step('Unit and integration tests', countUnits),
    await step('Browser stories', runStories),
  ];
  const passed = counts.reduce((sum, c) => sum + c.passed, 0);
  const failed = counts.reduce((sum, c) => sum + c.failed, 0);
  writeFileSync(
    join(root, 'coverage', 'counts.json'),
    JSON.stringify({ passed, failed }),
  );
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
