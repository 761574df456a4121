// SPDX-License-Identifier: Apache-2.0
// Installs the packages, as they would be published, into a new portal by following docs/install.md, and looks at what answers.
//   ./dev install-check [--keep] [--packed FOLDER]
// Needs the npm registry. Works in the system's folder for temporary files; --keep leaves everything there to be looked at, and
// --packed takes the packages that such a run made.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LEGACY_APP } from './installCheck/legacyApp.mjs';
import { makePortal } from './installCheck/makePortal.mjs';
import { packPackages, reusePackages } from './installCheck/packPackages.mjs';
import {
  fileQuestions,
  packageQuestions,
  portalQuestions,
} from './installCheck/questions.mjs';
import { browse, pageQuestions } from './installCheck/pageQuestions.mjs';
import { readBlocks } from './installCheck/readBlocks.mjs';
import { stopCommands } from './installCheck/runBounded.mjs';
import { startCluster, startPortal } from './installCheck/startPortal.mjs';
import { root, step } from './run.mjs';

/** A check that hangs ends here, whatever it waits for. */
const LIMIT_MINUTES = 30;

const { values: options } = parseArgs({
  options: { keep: { type: 'boolean' }, packed: { type: 'string' } },
});
const yarn = join(root, '.yarn', 'releases', 'yarn-4.13.0.cjs');
const work = mkdtempSync(join(tmpdir(), 'tenantry-install-'));
const logs = join(work, 'logs');
mkdirSync(logs);
const log = name => join(logs, `${name}.log`);
const counts = { passed: 0, failed: 0 };

async function answer(questions) {
  for (const [question, find] of questions) {
    try {
      await find();
      counts.passed += 1;
      console.log(`  yes  ${question}`);
    } catch (error) {
      counts.failed += 1;
      console.log(`  NO   ${question}\n       ${error.message}`);
    }
  }
}

async function check() {
  const { stage, tarballs } = await step('Build and pack', () =>
    options.packed
      ? reusePackages(options.packed)
      : packPackages(work, { yarn, log }),
  );
  await answer(packageQuestions(tarballs));
  const blocks = readBlocks(join(root, 'docs', 'install.md'));
  const made = await step('A new portal, installed by docs/install.md', () =>
    makePortal(work, { yarn, tarballs, blocks, log }),
  );
  await step('Configuration, types and app', () =>
    answer(fileQuestions({ ...made, log })),
  );
  const cluster = await step('A cluster', () =>
    startCluster(stage, { work, log }),
  );
  const withPortal = async (name, settings, questionsOf) => {
    const running = await step(`Start ${name}`, () =>
      startPortal({ ...made, ...settings, cluster, log }),
    );
    await step(`The running ${name}`, () =>
      answer(questionsOf({ ...running, portal: made.portal })),
    );
    await running.stop();
  };
  await withPortal('portal', {}, portalQuestions);
  await browse(async browser => {
    const pages = ({ url }) => pageQuestions(browser, url);
    const inCharge = true;
    await withPortal('portal, for the platform team', { inCharge }, pages);
    await withPortal(
      'portal of the old frontend system',
      { inCharge, app: LEGACY_APP },
      pages,
    );
  });
}

const limit = setTimeout(() => {
  console.error(`It took longer than ${LIMIT_MINUTES} minutes.`);
  void finish(1);
}, LIMIT_MINUTES * 60_000);

async function finish(code) {
  clearTimeout(limit);
  await stopCommands();
  if (options.keep) console.log(`Kept in ${work}`);
  else rmSync(work, { recursive: true, force: true, maxRetries: 5 });
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void finish(1));

try {
  await check();
} catch (error) {
  counts.failed += 1;
  console.error(error.message);
}
await finish(counts.failed === 0 ? 0 : 1);
