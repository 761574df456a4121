// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** Lines of its output that a failed command shows. */
const SHOWN_LINES = 25;

/** A command that was told to stop has so long. */
const GRACE_MS = 10_000;

const running = new Set();

function lastLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(-SHOWN_LINES)
    .map(line => line.slice(0, 300))
    .join('\n');
}

/** Ends a command with all that it started. */
export async function stopCommand({ child, end }) {
  const signal = name => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // It is over already.
    }
  };
  signal('SIGTERM');
  const timer = setTimeout(() => signal('SIGKILL'), GRACE_MS);
  await end.catch(() => {});
  clearTimeout(timer);
  // What it started may outlive it.
  signal('SIGKILL');
}

/** Starts a command in a process group of its own, with its output in a file. */
export function startCommand(command, args, { cwd, env = {}, log }) {
  const output = openSync(log, 'w');
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);
  const end = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve(code ?? 1));
  });
  const started = { child, end };
  running.add(started);
  const forget = () => running.delete(started);
  end.then(forget, forget);
  return started;
}

/** Ends every command that still runs. */
export async function stopCommands() {
  await Promise.all([...running].map(stopCommand));
}

/** Runs a command to its end; throws with the end of its output when it fails or takes longer than `seconds`. */
export async function runBounded(command, args, options) {
  const { seconds, input, log } = options;
  const started = startCommand(command, args, options);
  started.child.stdin.end(input);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void stopCommand(started);
  }, seconds * 1000);
  const code = await started.end.finally(() => clearTimeout(timer));
  if (code === 0 && !isLate) return;
  const how = isLate ? `took longer than ${seconds} s` : `ended with ${code}`;
  throw new Error(
    `${command} ${args.slice(0, 3).join(' ')} … ${how}:\n${lastLines(log)}`,
  );
}
