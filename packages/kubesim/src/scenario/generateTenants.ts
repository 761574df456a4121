// SPDX-License-Identifier: Apache-2.0
import { templateHash } from '../controllers/templateHash';
import { pick } from '../logs/LineContext';
import type { Metadata, Objects } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import type { Random } from '../time/Clock';
import { createRandom } from '../time/createRandom';
import { BORN, generatedPod, ownedBy, uuid } from './generatedPod';
import { generatedPodSpec } from './generatedPodSpec';
import { workloadFields } from './managedFields';
import type { Placed } from './workloadObjects';

export type TenantSize = {
  readonly tenants: number;
  readonly podsPerTenant: number;
  readonly seed: number;
};

const PODS_PER_DEPLOYMENT = 10;
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
 * running pods of about 8 KB. The same seed gives the same objects. Nothing is kept: take them one by one.
 *
 * @public
 */
export function* generateTenants({
  tenants,
  podsPerTenant,
  seed,
}: TenantSize): Iterable<Placed> {
  const random = createRandom(seed);
  for (let tenant = 0; tenant < tenants; tenant += 1) {
    const name = `tenant-${String(tenant).padStart(5, '0')}`;
    yield namespaceOf(name, random);
    for (
      let first = 0, at = 0;
      first < podsPerTenant;
      first += PODS_PER_DEPLOYMENT, at += 1
    ) {
      const replicas = Math.min(PODS_PER_DEPLOYMENT, podsPerTenant - first);
      yield* deploymentOf({
        tenant: name,
        app: `${APPS[at % APPS.length]}-${at}`,
        replicas,
        random,
      });
    }
  }
}

/**
 * Creates generated tenants in a cluster; references to owners get the uids that the cluster gave.
 *
 * @public
 */
export function loadTenants(objects: Objects, size: TenantSize): number {
  const uids = new Map<string, string>();
  let count = 0;
  for (const { resource, object } of generateTenants(size)) {
    const ownerReferences = object.metadata.ownerReferences?.map(owner => ({
      ...owner,
      uid: uids.get(owner.uid) ?? owner.uid,
    }));
    const created = objects.create(resource, {
      ...object,
      metadata: {
        ...object.metadata,
        ...(ownerReferences ? { ownerReferences } : {}),
      },
    });
    if (object.metadata.uid && resource !== 'pods')
      uids.set(object.metadata.uid, created.metadata.uid);
    count += 1;
  }
  return count;
}

type App = {
  readonly tenant: string;
  readonly app: string;
  readonly replicas: number;
  readonly random: Random;
};

function namespaceOf(tenant: string, random: Random): Placed {
  const labels = {
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
  const { tenant, app, replicas, random } = given;
  const labels = labelsOf(given);
  const namespace = `${tenant}-prod`;
  const annotations = { 'deployment.kubernetes.io/revision': '1' };
  const managedFields = workloadFields(BORN);
  const common = { namespace, annotations, managedFields };
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
    ...specOf(given, labels),
    status: {
      ...countsOf(replicas),
      updatedReplicas: replicas,
      conditions: deploymentConditions(`${app}-${hash}`),
    },
  });
  yield replicated('ReplicaSet', set, {
    ...specOf(given, hashed),
    status: { ...countsOf(replicas), fullyLabeledReplicas: replicas },
  });
  for (let at = 0; at < replicas; at += 1)
    yield generatedPod({ set, labels: hashed, app, random });
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

function specOf({ app, replicas }: App, labels: Record<string, string>) {
  const hash = labels['pod-template-hash'];
  const matchLabels = {
    'app.kubernetes.io/name': app,
    ...(hash ? { 'pod-template-hash': hash } : {}),
  };
  return {
    spec: {
      replicas,
      selector: { matchLabels },
      template: { metadata: { labels }, spec: generatedPodSpec(app) },
    },
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
