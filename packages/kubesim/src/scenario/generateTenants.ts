// SPDX-License-Identifier: Apache-2.0
import { templateHash } from '../controllers/templateHash';
import { pick } from '../logs/LineContext';
import type { Metadata, Objects } from '../storage/Objects';
import { frozen } from '../storage/sharedCopy';
import { timestamp } from '../storage/timestamp';
import type { Random } from '../time/Clock';
import { createRandom } from '../time/createRandom';
import {
  BORN,
  generatedPod,
  ownedBy,
  podParts,
  setParts,
  type PodParts,
} from './generatedPod';
import { uuid } from './generatedText';
import { workloadFields } from './managedFields';
import type { Placed } from './workloadObjects';

export type TenantSize = {
  readonly tenants: number;
  readonly podsPerTenant: number;
  readonly seed: number;
};

const PODS_PER_DEPLOYMENT = 10;
const WORKLOAD = frozen({
  annotations: { 'deployment.kubernetes.io/revision': '1' },
  managedFields: workloadFields(BORN),
});
/** What a server fills in. */
const DEPLOYMENT = frozen({
  strategy: {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
  },
  revisionHistoryLimit: 10,
  progressDeadlineSeconds: 600,
});
const TEAMS = [
  'team-analytics',
  'team-payments',
  'team-search',
  'platform-team',
];
const APPS = [
  'api',
  'worker',
  'scheduler',
  'gateway',
  'indexer',
  'reports',
  'cache',
  'web',
];

/**
 * Tenants in good health as plain objects, owners before what they own: namespaces, service accounts, Deployments, ReplicaSets and
 * running pods of about 8 KB, complete as a cluster stores them. The same seed gives the same objects. Nothing is kept:
 * take them one by one. Parts that are the same in many objects are shared, and frozen.
 *
 * @public
 */
export function* generateTenants({
  tenants,
  podsPerTenant,
  seed,
}: TenantSize): Iterable<Placed> {
  const random = createRandom(seed);
  const parts = new Map<string, PodParts>();
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const name = `tenant-${String(tenant).padStart(5, '0')}`;
    yield namespaceOf(name, random);
    for (
      let first = 0, at = 0;
      first < podsPerTenant;
      first += PODS_PER_DEPLOYMENT, at += 1
    ) {
      const replicas = Math.min(PODS_PER_DEPLOYMENT, podsPerTenant - first);
      const app = `${APPS[at % APPS.length]}-${at}`;
      const pod = parts.get(app) ?? podParts(app);
      parts.set(app, pod);
      yield* deploymentOf({ tenant: name, app, replicas, random, pod });
    }
  }
}

/**
 * Puts generated tenants into a cluster, which takes them as they are.
 *
 * @public
 */
export function loadTenants(objects: Objects, size: TenantSize): number {
  return objects.load(generateTenants(size));
}

type App = {
  readonly tenant: string;
  readonly app: string;
  readonly replicas: number;
  readonly random: Random;
  /** What all workloads of the app run. */
  readonly pod: PodParts;
};

function namespaceOf(tenant: string, random: Random): Placed {
  const labels = {
    'kubernetes.io/metadata.name': `${tenant}-prod`,
    'tenantry.dev/tenant': tenant,
    'tenantry.dev/environment': 'prod',
    'tenantry.dev/tier': pick(random, ['bronze', 'standard', 'premium']),
  };
  const annotations = {
    'tenantry.dev/owner': `group:default/${pick(random, TEAMS)}`,
  };
  const metadata = {
    name: `${tenant}-prod`,
    uid: uuid(random),
    labels,
    annotations,
  };
  return {
    resource: 'namespaces',
    object: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata,
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    },
  };
}

function* deploymentOf(given: App): Iterable<Placed> {
  const { tenant, app, replicas, random, pod } = given;
  const labels = labelsOf(given);
  const namespace = `${tenant}-prod`;
  const common = { namespace, ...WORKLOAD };
  const hash = templateHash([tenant, app]);
  const hashed = { ...labels, 'pod-template-hash': hash };
  const deployment: Partial<Metadata> = {
    ...common,
    name: app,
    uid: uuid(random),
    labels,
  };
  const set: Partial<Metadata> = {
    ...common,
    name: `${app}-${hash}`,
    uid: uuid(random),
    labels: hashed,
    ownerReferences: ownedBy('Deployment', deployment),
  };
  yield accountOf(given);
  yield replicated('Deployment', deployment, {
    spec: { ...specOf(given, labels), ...DEPLOYMENT },
    status: {
      ...countsOf(replicas),
      updatedReplicas: replicas,
      conditions: deploymentConditions(`${app}-${hash}`),
    },
  });
  yield replicated('ReplicaSet', set, {
    spec: specOf(given, hashed),
    status: { ...countsOf(replicas), fullyLabeledReplicas: replicas },
  });
  const made = setParts({ set, labels: hashed, pod, random });
  for (let at = 0; at < replicas; at += 1)
    yield generatedPod({ set, made, pod, random });
}

/** The pods run under an account of their own, which a cluster wants to know. */
function accountOf({ tenant, app, random }: App): Placed {
  return {
    resource: 'serviceaccounts',
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: app, namespace: `${tenant}-prod`, uid: uuid(random) },
    },
  };
}

function replicated(
  kind: 'Deployment' | 'ReplicaSet',
  metadata: Partial<Metadata>,
  content: Record<string, unknown>,
): Placed {
  const resource = `${kind.toLowerCase()}s.apps`;
  return {
    resource,
    object: { apiVersion: 'apps/v1', kind, metadata, ...content },
  };
}

function labelsOf({ tenant, app }: App): Record<string, string> {
  return {
    'app.kubernetes.io/name': app,
    'app.kubernetes.io/instance': `${tenant}-${app}`,
    'app.kubernetes.io/version': '1.4.2',
    'tenantry.dev/module': app,
    'tenantry.dev/tenant': tenant,
  };
}

function specOf({ app, replicas, pod }: App, labels: Record<string, string>) {
  const hash = labels['pod-template-hash'];
  const matchLabels = {
    'app.kubernetes.io/name': app,
    ...(hash ? { 'pod-template-hash': hash } : {}),
  };
  return {
    replicas,
    selector: { matchLabels },
    template: { metadata: { creationTimestamp: null, labels }, spec: pod.spec },
  };
}

function countsOf(replicas: number) {
  return {
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    observedGeneration: 1,
  };
}

function deploymentConditions(set: string) {
  const at = timestamp(BORN);
  const common = { status: 'True', lastUpdateTime: at, lastTransitionTime: at };
  return [
    {
      type: 'Available',
      ...common,
      reason: 'MinimumReplicasAvailable',
      message: 'Deployment has minimum availability.',
    },
    {
      type: 'Progressing',
      ...common,
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${set}" has successfully progressed.`,
    },
  ];
}
