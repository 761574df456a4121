// SPDX-License-Identifier: Apache-2.0
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { DemoError } from './DemoError';
import { startDemo } from './startDemo';

const stopping = new AbortController();
const stop = () => stopping.abort();
process.once('SIGINT', stop).once('SIGTERM', stop);

startDemo({
  root: resolvePackagePath('backend', '../..'),
  args: process.argv.slice(2),
  // Where the command was typed; the process itself runs in packages/backend.
  cwd: process.env.INIT_CWD ?? process.cwd(),
  say: line => process.stdout.write(`${line}\n`),
  signal: stopping.signal,
}).catch(error => {
  if (!stopping.signal.aborted) {
    const text = error instanceof DemoError ? error.message : error?.stack;
    process.stderr.write(`${text ?? error}\n`);
  }
  process.exit(1);
});
