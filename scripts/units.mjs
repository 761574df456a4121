// SPDX-License-Identifier: Apache-2.0
import { startPostgres } from './postgres.mjs';
import { run } from './run.mjs';

/** What tests of every sort run with. */
export const testEnv = {
  CI: '1',
  BACKSTAGE_TEST_DISABLE_DOCKER: '1',
  NODE_OPTIONS: '--no-warnings',
};

/** Runs unit and integration tests beside a PostgreSQL server of their own; resolves with the exit code. */
export async function runUnits(args) {
  const postgres = await startPostgres();
  const env = { ...testEnv, ...postgres.env };
  const all = ['repo', 'test', '--maxWorkers=2', ...args];
  return run('backstage-cli', all, { env }).finally(postgres.stop);
}
