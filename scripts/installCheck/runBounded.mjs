// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';

/** Lines of its output that a failed command shows. */
const SHOWN_LINES = 25;

function lastLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(-SHOWN_LINES)
    .map(line => line.slice(0, 300))
    .join('\n');
}

/** Starts a command in a process group of its own, with its output in a file. */
export function startCommand(command, args, { cwd, env = {}, log }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const out = createWriteStream(log);
  child.stdout.pipe(out, { end: false });
  child.stderr.pipe(out, { end: false });
  const end = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve(code ?? 1));
  });
  const stop = () => {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It is over already.
    }
  };
  return { child, end, stop };
}

/** Runs a command to its end; throws with the end of its output when it fails or takes longer than `seconds`. */
export async function runBounded(command, args, options) {
  const { seconds, input, log } = options;
  const { child, end, stop } = startCommand(command, args, options);
  child.stdin.end(input);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, seconds * 1000);
  const code = await end.finally(() => clearTimeout(timer));
  if (code === 0 && !isLate) return;
  const how = isLate ? `took longer than ${seconds} s` : `ended with ${code}`;
  throw new Error(
    `${command} ${args.slice(0, 3).join(' ')} … ${how}:\n${lastLines(log)}`,
  );
}
