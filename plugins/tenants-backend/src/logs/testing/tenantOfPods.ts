// SPDX-License-Identifier: Apache-2.0
import {
  environmentSchema,
  type Container,
  type Environment,
} from '@tenantry/backstage-plugin-tenants-common';

const healthy = { code: 'Healthy', reason: '', message: '' };
const rollUp = { ...healthy, counts: {} };
const createdAt = '2026-01-01T00:00:00Z';

/** A tenant with one workload of pods of one container, which runs if nothing else is said of it. */
export function tenantOfPods(
  names: readonly string[],
  container: Partial<Container> = {},
): {
  environments: Environment[];
} {
  const pods = names.map(name => ({
    name,
    namespace: 'shop-prod',
    uid: `uid-${name}`,
    phase: 'Running',
    health: healthy,
    ready: true,
    restarts: 0,
    createdAt,
    containers: [
      {
        name: 'main',
        role: 'main',
        image: 'registry.example/x:1',
        state: 'running',
        ready: true,
        restarts: 0,
        ...container,
      },
    ],
  }));
  const workload = {
    kind: 'Deployment',
    name: 'web',
    namespace: 'shop-prod',
    uid: 'uid-web',
    health: healthy,
    images: [],
    restarts: 0,
    createdAt,
    pods,
  };
  const environment = environmentSchema.parse({
    name: 'prod',
    cluster: 'east',
    namespaces: ['shop-prod'],
    state: 'Active',
    health: rollUp,
    freshness: 'synced',
    modules: [{ name: 'shop', health: rollUp, workloads: [workload] }],
    quota: [],
  });
  return { environments: [environment] };
}
