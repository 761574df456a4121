// SPDX-License-Identifier: Apache-2.0
import type { KubeObject } from '@tenantry/kubesim';
import { plannedEnvironment } from '../testing/plannedEnvironment';
import type { EffectsBench } from './EffectsBench';

export const namesOf = (found: readonly KubeObject[]) =>
  found.map(({ metadata }) => metadata.name);

/** Modules that need each other. */
export const THREE = [
  { name: 'db', wave: 0 },
  { name: 'api', wave: 1 },
  { name: 'web', wave: 2 },
];

/** The modules of `start`. */
const BOTH = [{ name: 'db' }, { name: 'web' }];

/** What is in the cluster of the bench that a test has, in the namespace of the environment `dev`. */
export function shopOn(bench: () => EffectsBench) {
  const objects = () => bench().cluster().sim.objects;
  const inShop = (name: string) => ({ namespace: 'shop-dev', name });
  return {
    objects,
    inShop,
    start: () => bench().apply([plannedEnvironment(BOTH)]),
    deployment: (name: string) =>
      objects().get('deployments.apps', inShop(name)),
    deployments: () => namesOf(objects().list('deployments.apps', 'shop-dev')),
    /** The environment as it is recorded, with a change. */
    everything: async (change = {}) =>
      plannedEnvironment(BOTH, change, await bench().record()),
    /** Makes a workload that no module has. */
    create: (kind: string, name: string, spec: object) => {
      const isCron = kind === 'CronJob';
      objects().create(resourceOf(kind), {
        apiVersion: isCron ? 'batch/v1' : 'apps/v1',
        kind,
        metadata: inShop(name),
        spec: { ...workloadSpec(name, isCron), ...spec },
      });
    },
    /** Makes a volume claim. */
    claim: (name: string) => {
      objects().create('persistentvolumeclaims', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: inShop(name),
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
        },
      });
    },
  };
}

function resourceOf(kind: string): string {
  return kind === 'CronJob' ? 'cronjobs.batch' : `${kind.toLowerCase()}s.apps`;
}

function workloadSpec(name: string, isCron: boolean): object {
  const template = {
    metadata: { labels: { app: name } },
    spec: {
      containers: [{ name: 'main', image: 'x:1' }],
      restartPolicy: isCron ? 'Never' : 'Always',
    },
  };
  return isCron
    ? { schedule: '0 3 * * *', jobTemplate: { spec: { template } } }
    : { selector: { matchLabels: { app: name } }, template };
}
