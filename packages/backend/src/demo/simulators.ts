// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startKubesim } from '@tenantry/kubesim';
import type { DemoCluster } from './demoConfig';

const CLUSTERS = ['eu-west', 'us-east'];

/** A simulated cluster that runs, and who may do what in it. */
export type Simulator = {
  readonly name: string;
  readonly url: string;
  /** May read only: what the portal uses. */
  readonly readToken: string;
  /** May do everything: for kubectl. */
  readonly adminToken: string;
  stop(): Promise<void>;
};

function createToken(): string {
  return randomBytes(24).toString('base64url');
}

async function startSimulator(root: string, name: string): Promise<Simulator> {
  const readToken = createToken();
  const adminToken = createToken();
  const running = await startKubesim({
    port: 0,
    scenario: join(root, `packages/kubesim/scenarios/demo-${name}.yaml`),
    tokens: [
      { token: adminToken, user: 'demo-admin', access: 'admin' },
      { token: readToken, user: 'tenantry', access: 'read' },
    ],
  });
  return {
    name,
    url: running.url,
    readToken,
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
    serviceAccountToken: simulator.readToken,
  };
}
