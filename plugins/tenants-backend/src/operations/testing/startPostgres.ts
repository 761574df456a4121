// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = resolvePackagePath(
  '@tenantry/backstage-plugin-tenants-backend',
  '..',
  '..',
);

/** Where a test finds the server that it is run beside. */
export const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/** Tells its environment’s server and waits until nobody listens. */
const TELL = `
  process.stdout.write(process.env.${POSTGRES_VARIABLE});
  process.stdin.resume().once('end', () => process.exit());
`;

/** Starts a PostgreSQL server of its own; `connection` names it. @throws when it does not come up */
export async function startPostgres() {
  const script = join(ROOT, 'scripts', 'postgres.mjs');
  const child = spawn(
    process.execPath,
    [script, process.execPath, '-e', TELL],
    { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(child, 'exit');
  const [connection] = await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => {
      throw new Error(`PostgreSQL ended with ${code} before it was there.`);
    }),
  ]);
  return {
    connection: String(connection),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
