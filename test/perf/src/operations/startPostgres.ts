// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..', '..', '..');
const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
/** Tells its environment’s server and waits until nobody listens. */
const TELL = `process.stdout.write(process.env.${VARIABLE});process.stdin.resume().once('end', () => process.exit());`;

/** A PostgreSQL server for one benchmark; `connection` names its first database. */
export async function startPostgres() {
  const script = join(ROOT, 'scripts', 'postgres.mjs');
  const child = spawn(
    process.execPath,
    [script, process.execPath, '-e', TELL],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const [told] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => {
      throw new Error(`PostgreSQL ended with ${code} before it was there.`);
    }),
  ]);
  return {
    connection: `${String(told)}/postgres`,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
