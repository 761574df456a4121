// SPDX-License-Identifier: Apache-2.0
import { scenarioSchema, type Scenario } from './Scenario';

/** A control plane of its own: controllers act, but there is no node to place a pod on, and no scheduler. */
export function withoutNodes(): Scenario {
  const scenario = scenarioSchema.parse({
    clusterName: 'kubesim',
    startedAgo: '0s',
    storageClasses: [],
  });
  return { ...scenario, nodes: [] };
}
