// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { checkoutApi } from '../checkoutApi';
import type { SimulatedCluster } from '../Demo';
import { expect, story } from '../story';

const run = promisify(execFile);

async function kubectl(cluster: SimulatedCluster, ...args: string[]) {
  const access = ['--server', `${cluster.url}/_as/${cluster.token}`];
  const { stdout } = await run('kubectl', [...access, ...args], {
    // No configuration of whoever runs this may get in.
    env: { PATH: process.env.PATH, HOME: '/nonexistent', KUBECONFIG: '' },
  });
  return stdout;
}

story('kubectl reads the simulated clusters as printed', async ({ demo }) => {
  for (const cluster of demo.clusters) {
    const table = await kubectl(cluster, 'get', 'namespaces,pods', '-A');
    expect(table).toContain('namespace/');
    expect(table).toMatch(/Running/);
  }
});

story('kubectl follows what the pages show', async ({ euWest }) => {
  const { namespace, name } = checkoutApi;
  const described = await kubectl(
    euWest.cluster,
    ...['get', 'deployment', name, '--namespace', namespace, '-o', 'json'],
  );
  expect(JSON.parse(described)).toMatchObject({
    kind: 'Deployment',
    metadata: { name, namespace },
  });
});
