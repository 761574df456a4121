// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DemoError } from './DemoError';

/** What the pages are built from, relative to the repository. */
const INPUTS = [
  'yarn.lock',
  'packages/app/package.json',
  'packages/app/config.d.ts',
  'packages/app/public',
  'packages/app/src',
  'plugins/tenants/package.json',
  'plugins/tenants/src',
  'plugins/tenants-common/package.json',
  'plugins/tenants-common/src',
];
const IS_TEST = /\.test\.tsx?$/;
const PROGRESS_EVERY_MS = 15_000;
const KEPT_OUTPUT_LINES = 40;

function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  try {
    return readdirSync(path)
      .sort()
      .flatMap(name => listFiles(join(path, name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
    throw error;
  }
}

/** A hash over everything the pages are built from: equal hash, equal pages. Tests do not count. */
export function hashInputs(root: string): string {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of listFiles(join(root, input))) {
      if (IS_TEST.test(file)) continue;
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function runBuild(app: string, root: string, signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const lines: string[] = [];
    const child = spawn(
      process.execPath,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
      ],
      { cwd: app, stdio: ['ignore', 'pipe', 'pipe'], signal },
    );
    const keep = (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n'));
      lines.splice(0, Math.max(0, lines.length - KEPT_OUTPUT_LINES));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('exit', code =>
      code === 0
        ? resolve()
        : reject(
            new DemoError(
              `The pages could not be built:\n${lines.join('\n').trim()}`,
            ),
          ),
    );
  });
}

type Options = {
  /** The repository's top folder. */
  readonly root: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Builds the pages when anything they are made from has changed since the last build. */
export async function buildAppIfChanged(options: Options): Promise<void> {
  const { root, say, signal } = options;
  const app = join(root, 'packages/app');
  const stamp = join(app, 'dist/.built-from');
  const inputs = hashInputs(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return;

  say('Building the pages (1 to 3 minutes; again only when they change) …');
  const start = performance.now();
  const seconds = () => Math.round((performance.now() - start) / 1000);
  const progress = setInterval(
    () => say(`  still building, ${seconds()} s`),
    PROGRESS_EVERY_MS,
  );
  try {
    await runBuild(app, root, signal);
  } finally {
    clearInterval(progress);
  }
  writeFileSync(stamp, inputs);
  say(`The pages are built (${seconds()} s).`);
}
