// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const nodeTransform = createRequire(__filename).resolve(
  '@backstage/cli-node/config/nodeTransform.cjs',
);

/**
 * Runs a TypeScript file in a process of its own, so that its CPU time and memory are nobody else's,
 * and returns the JSON it prints as its last line.
 *
 * @throws Error with the file's name when it exits with anything but 0
 */
export async function runIsolated<T>(file: string, input: unknown): Promise<T> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--no-warnings', '--require', nodeTransform, file],
    {
      env: { ...process.env, BENCHMARK_INPUT: JSON.stringify(input) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${file} ended with exit code ${code}.`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
}

/** What `runIsolated` was given, read inside the process it started. */
export function readInput<T>(): T {
  return JSON.parse(process.env.BENCHMARK_INPUT ?? '{}') as T;
}

/** Seconds of CPU this process has used, user and system. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
