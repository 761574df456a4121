// SPDX-License-Identifier: Apache-2.0
import type { BackendFeature } from '@backstage/backend-plugin-api';
import type { DemoCluster } from './demoConfig';
import {
  createKubeconfigModule,
  loadContext,
  toDemoCluster as toRealCluster,
} from './kubeconfigCluster';
import type { RealClusterOptions } from './options';
import { localUser, type Persona, personas } from './personas';
import {
  type Simulator,
  startSimulators,
  toDemoCluster as toSimulatedCluster,
} from './simulators';

/** What the demo shows, and to whom. */
export type Scene = {
  readonly clusters: readonly DemoCluster[];
  /** Empty when a real cluster is shown. */
  readonly simulators: readonly Simulator[];
  readonly personas: readonly [Persona, ...Persona[]];
  readonly readOnly: boolean;
  readonly features: readonly BackendFeature[];
  /** Ends everything that was started for the scene. */
  close(): Promise<void>;
};

/** Simulated clusters and several personas. */
export async function openSimulatedScene(root: string): Promise<Scene> {
  const simulators = await startSimulators(root);
  return {
    clusters: simulators.map(toSimulatedCluster),
    simulators,
    personas,
    readOnly: false,
    features: [],
    async close() {
      await Promise.all(simulators.map(simulator => simulator.stop()));
    },
  };
}

/** One real cluster and one local user. */
export async function openRealScene(
  options: RealClusterOptions,
): Promise<Scene> {
  const kubeconfig = loadContext(options);
  return {
    clusters: [toRealCluster(kubeconfig, options.context)],
    simulators: [],
    personas: [localUser],
    readOnly: !options.allowWrites,
    features: [createKubeconfigModule(kubeconfig)],
    async close() {},
  };
}
