// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a tool of the repository in the foreground; resolves with its exit code. */
export function run(command, args, { env = {}, cwd = root } = {}) {
  const bin = join(root, 'node_modules', '.bin');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: 'inherit',
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, ...env },
    });
    const forward = signal => child.kill(signal);
    process.once('SIGINT', forward);
    process.once('SIGTERM', forward);
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

/** Prints a heading and times what follows it. */
export async function step(title, work) {
  const start = process.hrtime.bigint();
  console.log(`\n── ${title}`);
  const result = await work();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(`── ${title}: ${seconds.toFixed(0)} s`);
  return result;
}
