// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  isForbidden,
  type ResourceType,
} from '@tenantry/backstage-plugin-tenants-node';
import { parse } from 'yaml';
import {
  startRestrictedCluster,
  type SimCluster,
} from './__testUtils__/startSimCluster';
import { watchedKindNames, watchedType } from './informers/watchedKinds';
import { appliedTypes } from './modules/resourceTypes';
import { podMetricsType } from './usage/podMetrics';

const RBAC = 'rbac.authorization.k8s.io';
const ROLES = ['cluster-role.yaml', 'operator-role.yaml'];

type Rule = {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
};

function documented(file: string): { name: string; rules: readonly Rule[] } {
  const path = resolve(__dirname, '../../../docs', file);
  const { metadata, rules } = parse(readFileSync(path, 'utf8'));
  return { name: metadata.name, rules };
}

const { signal } = new AbortController();
const project = () => undefined;
const secrets: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'secrets',
  kind: 'Secret',
  namespaced: true,
};
const volumes: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  namespaced: false,
};

let cluster: SimCluster;
beforeEach(async () => {
  cluster = await startRestrictedCluster('eu', ROLES);
  cluster.sim.objects.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop' },
  });
});
afterEach(() => cluster.stop());

const placeOf = ({ namespaced }: ResourceType) =>
  namespaced ? { namespace: 'shop' } : {};

/** Resolves with whether the account may not; any other answer means that it may. */
function isRefused(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => false,
    error => isForbidden(error),
  );
}

const list = (type: ResourceType) =>
  cluster.api.list(type, { limit: 1, project, signal });

async function watch(type: ResourceType): Promise<void> {
  const events = cluster.api.watch(type, {
    resourceVersion: '0',
    timeoutSeconds: 1,
    idleMs: 2000,
    project,
    onUnreadable: () => {},
    signal,
  });
  for await (const event of events) if (event) return;
}

function write(type: ResourceType): Promise<unknown> {
  const { group, version, kind } = type;
  const name = 'probe';
  return cluster.api.apply(type, {
    ...placeOf(type),
    name,
    fieldManager: 'tenantry',
    force: false,
    manifest: {
      apiVersion: group ? `${group}/${version}` : version,
      kind,
      metadata: { name, ...placeOf(type) },
    },
    project,
    signal,
  });
}

const get = (type: ResourceType) =>
  cluster.api.get(type, { ...placeOf(type), name: 'probe', project, signal });

const remove = (type: ResourceType) =>
  cluster.api.delete(type, {
    ...placeOf(type),
    name: 'probe',
    propagation: 'Background',
    signal,
  });

async function readLog(): Promise<void> {
  const log = cluster.api.readLog({
    namespace: 'shop',
    pod: 'probe',
    container: 'app',
    follow: false,
    previous: false,
    signal,
  });
  for await (const chunk of log) if (chunk) return;
}

/** What the service does with a kind that it applies. Volumes and Secrets are never taken away by it, Secrets never listed. */
const applied = appliedTypes().flatMap(type => [
  () => list(type),
  () => get(type),
  () => write(type),
  ...(type.kind === 'PersistentVolumeClaim' ? [] : [() => remove(type)]),
]);

/** Every way in which the service uses its rights. */
const uses = [
  ...watchedKindNames
    .map(watchedType)
    .flatMap(type => [() => list(type), () => watch(type)]),
  readLog,
  () => list(podMetricsType),
  ...applied,
  () => get(secrets),
  () => write(secrets),
  () => get(volumes),
];

async function isAnyRefused(): Promise<boolean> {
  for (const use of uses) if (await isRefused(use())) return true;
  return false;
}

function takeAway(file: string, index: number): void {
  const { name, rules } = documented(file);
  cluster.sim.objects.delete(`clusterroles.${RBAC}`, { name });
  cluster.sim.objects.create(`clusterroles.${RBAC}`, {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules: rules.filter((_, n) => n !== index),
  });
}

/** Rights that an API server asks for when roles are given, not by a request of their own; the simulator does not. */
const isGiven = ({ verbs }: Rule) =>
  verbs.includes('bind') || (verbs.length === 1 && verbs[0] === 'update');

const ruleCases = ROLES.flatMap(file =>
  documented(file).rules.map((rule, index) => ({
    file,
    index,
    rule,
    title: `${rule.verbs.join()} ${rule.resources.join()} in "${
      rule.apiGroups
    }"`,
  })),
);

it('the documented roles together allow everything the service does', async () => {
  expect(await isAnyRefused()).toBe(false);
});

it.each(ruleCases.filter(({ rule }) => !isGiven(rule)))(
  'without the rule $title of $file something is refused',
  async ({ file, index }) => {
    takeAway(file, index);
    expect(await isAnyRefused()).toBe(true);
  },
);

it('what members are given by roles the account has itself, and no more of that kind', () => {
  const given = ruleCases.map(({ rule }) => rule).filter(isGiven);
  expect(given).toEqual([
    {
      apiGroups: ['networking.k8s.io'],
      resources: ['networkpolicies'],
      verbs: ['update'],
    },
    {
      apiGroups: [RBAC],
      resources: ['clusterroles'],
      resourceNames: ['admin', 'edit', 'view'],
      verbs: ['bind'],
    },
  ]);
});
