// SPDX-License-Identifier: Apache-2.0
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { updatePage } from './report';
import { resultsFolder, type Size, type StoredResult } from './result';
import { judge } from './verdict';

const folder = join(__dirname, 'benchmarks');
const nodeTransform = createRequire(__filename).resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);
/** A benchmark that takes longer is ended, with every process it started. */
const LIMIT_MS = { quick: 240_000, full: 900_000 };

function available(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort();
}

function choose(wanted: string[]): string[] {
  const all = available();
  if (wanted.length === 0) return all;
  const unknown = wanted.filter(id => !all.includes(id));
  if (unknown.length > 0)
    throw new Error(
      `There is no benchmark ${unknown.join(', ')}. There are: ${all.join(
        ', ',
      )}.`,
    );
  return wanted;
}

/** Runs one in a process of its own. Its children end with it. */
async function runOne(id: string, size: Size): Promise<boolean> {
  const child = fork(join(__dirname, 'runOne.ts'), [id, size], {
    execArgv: ['--no-warnings', '--require', nodeTransform],
  });
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS[size]);
  const code = await new Promise<number | null>(resolve =>
    child.once('exit', resolve),
  );
  clearTimeout(limit);
  if (code === 0) return true;
  const why = code === null ? 'took too long' : 'failed';
  console.error(`${id} ${why}; its last result stays.`);
  return false;
}

function say(id: string): void {
  const file = join(resultsFolder, `${id}.json`);
  const result: StoredResult = JSON.parse(readFileSync(file, 'utf8'));
  const missed = judge(result).filter(({ met }) => !met);
  const { median, low, high } = result.ratio;
  const words = missed.length > 0 ? 'missed' : 'met';
  const goals = `goals ${words} ${missed.map(({ what }) => what).join(', ')}`;
  console.log(
    `${id} ${result.title}: ${median}× (${low} to ${high}) ${result.peer}; ` +
      `${JSON.stringify(result.counts)}; ${goals.trim()}; ${result.seconds} s`,
  );
}

/** `run.ts [--quick] [ids]`: runs benchmarks one after the other and puts their results into docs/performance.md. */
async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const size: Size = words.includes('--quick') ? 'quick' : 'full';
  for (const id of choose(words.filter(word => !word.startsWith('--')))) {
    if (await runOne(id, size)) say(id);
    else process.exitCode = 1;
    updatePage();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
