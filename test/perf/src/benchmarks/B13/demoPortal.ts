// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../portal/freePort';

const BACKEND = join(__dirname, '../../../../../packages/backend');
const CONTEXT = 'bench';
/** A first start builds the pages. */
const START_TIMEOUT_MS = 200_000;

/** The demo portal over a cluster of ours. */
export type DemoPortal = { readonly url: string; stop(): Promise<void> };

type Cluster = {
  readonly tls: { readonly url: string; readonly caData: string };
  readonly token: string;
};

/** A kubeconfig, written as JSON, which is YAML as well. */
function kubeconfigOf({ tls, token }: Cluster): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CONTEXT,
    clusters: [
      {
        name: CONTEXT,
        cluster: {
          server: tls.url,
          'certificate-authority-data': tls.caData,
        },
      },
    ],
    users: [{ name: CONTEXT, user: { token } }],
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
  });
}

/** Starts the demo as a person would for a cluster of their own: `npm start -- --kubeconfig FILE --context NAME`. */
export async function startDemoPortal(cluster: Cluster): Promise<DemoPortal> {
  const folder = await mkdtemp(join(tmpdir(), 'b13-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(cluster), { mode: 0o600 });
  const port = await freePort();
  const { NODE_ENV: _, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'src/demo/index.ts',
      `--port=${port}`,
      `--kubeconfig=${kubeconfig}`,
      `--context=${CONTEXT}`,
    ],
    {
      cwd: BACKEND,
      env: { ...env, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = `http://localhost:${port}`;
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilSaid(child, url);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function waitUntilSaid(
  child: ReturnType<typeof spawn>,
  url: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) =>
      reject(new Error(`The demo ${why}.\n${output}`));
    const timer = setTimeout(() => fail('did not start'), START_TIMEOUT_MS);
    child.once('exit', code => fail(`ended with code ${code}`));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes(url)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}
