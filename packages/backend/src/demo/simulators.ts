// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startKubesim } from '@tenantry/kubesim';
import { parse } from 'yaml';
import type { DemoCluster } from './demoConfig';

const PORTAL_USER = 'tenantry';
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const CLUSTERS = ['eu-west', 'us-east'];

/** A simulated cluster that runs, and who may do what in it. */
export type Simulator = {
  readonly name: string;
  readonly url: string;
  /** What the portal uses: may read, and write what `docs/operator-role.yaml` says. */
  readonly portalToken: string;
  /** May do everything: for kubectl. */
  readonly adminToken: string;
  stop(): Promise<void>;
};

function createToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Lets the portal carry operations out with no more than the role that is shipped for it. */
async function letPortalOperate(
  root: string,
  cluster: { readonly url: string; readonly adminToken: string },
): Promise<void> {
  const file = join(root, 'docs/operator-role.yaml');
  const role = parse(await readFile(file, 'utf8'));
  const { name } = role.metadata;
  const apiGroup = 'rbac.authorization.k8s.io';
  const binding = {
    apiVersion: role.apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup, kind: role.kind, name },
    subjects: [{ apiGroup, kind: 'User', name: PORTAL_USER }],
  };
  for (const [plural, body] of [
    ['clusterroles', role],
    ['clusterrolebindings', binding],
  ]) {
    const response = await fetch(`${cluster.url}${RBAC}/${plural}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${cluster.adminToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${file} could not be given: ${response.status}`);
    }
  }
}

async function startSimulator(root: string, name: string): Promise<Simulator> {
  const portalToken = createToken();
  const adminToken = createToken();
  const running = await startKubesim({
    port: 0,
    scenario: join(root, `packages/kubesim/scenarios/demo-${name}.yaml`),
    tokens: [
      { token: adminToken, user: 'demo-admin', access: 'admin' },
      { token: portalToken, user: PORTAL_USER, access: 'read' },
    ],
  });
  await letPortalOperate(root, { url: running.url, adminToken });
  return {
    name,
    url: running.url,
    portalToken,
    adminToken,
    stop: () => running.stop(),
  };
}

/** Starts the clusters of the demo. They live in this process and end with it. */
export async function startSimulators(
  root: string,
): Promise<readonly Simulator[]> {
  return Promise.all(CLUSTERS.map(name => startSimulator(root, name)));
}

/** How the Kubernetes plugin reaches a simulated cluster. */
export function toDemoCluster(simulator: Simulator): DemoCluster {
  return {
    name: simulator.name,
    url: simulator.url,
    authProvider: 'serviceAccount',
    serviceAccountToken: simulator.portalToken,
  };
}
