// SPDX-License-Identifier: Apache-2.0
import {
  OBJECT_KINDS,
  objectPathSchema,
  type ObjectRef,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  environmentFixture,
  tenantFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { parse } from 'yaml';
import {
  controlledBy,
  createFakeClusterView,
  deploymentObject,
  eventObject,
  podObject,
  replicaSetObject,
} from '../informers/testing';
import { KnownSecrets } from '../logs';
import { FakeClock } from '../time/testing/FakeClock';
import { maskObject } from './maskObject';
import { ObjectReader } from './ObjectReader';
import { watchedKindOf } from './objectTypes';

const nothingKnown = new KnownSecrets({ key: new Uint8Array(), prints: [] });

describe('maskObject', () => {
  const mask = (object: object) => maskObject({ ...object }, nothingKnown);

  it('leaves out what only tools read', () => {
    const { object } = mask({
      metadata: {
        name: 'web',
        managedFields: [{ manager: 'kubectl' }],
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"secret":1}',
        },
      },
    });
    expect(object).toEqual({ metadata: { name: 'web' } });
  });

  it('masks what names or looks say is a secret, and nothing else', () => {
    const { object, masked } = mask({
      metadata: {
        name: 'web',
        annotations: { 'example/api-key': 'word', note: 'hello' },
      },
      spec: {
        containers: [
          {
            name: 'main',
            args: ['--token', 'word', '--port', '80', '--password=word'],
            env: [
              { name: 'DB_PASSWORD', value: 'word' },
              { name: 'LEVEL', value: 'info' },
              { name: 'URL', value: 'postgres://app:word@db/x' },
              {
                name: 'FROM',
                valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
              },
            ],
          },
        ],
        volumes: [{ name: 'tls', secret: { secretName: 'web-tls' } }],
        values: { auth: { password: 'word', user: 'app' } },
      },
    });
    expect(object).toMatchObject({
      metadata: {
        annotations: { 'example/api-key': '[masked]', note: 'hello' },
      },
      spec: {
        containers: [
          {
            args: [
              '--token',
              '[masked]',
              '--port',
              '80',
              '--password=[masked]',
            ],
            env: [
              { name: 'DB_PASSWORD', value: '[masked]' },
              { name: 'LEVEL', value: 'info' },
              { name: 'URL', value: 'postgres://app:[masked]@db/x' },
              {
                name: 'FROM',
                valueFrom: { secretKeyRef: { name: 'db', key: 'password' } },
              },
            ],
          },
        ],
        volumes: [{ name: 'tls', secret: { secretName: 'web-tls' } }],
        values: { auth: { password: '[masked]', user: 'app' } },
      },
    });
    expect(masked).toBe(6);
  });

  it('masks a private key over its lines', () => {
    const { object } = mask({
      data: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\nx',
    });
    expect(JSON.stringify(object)).not.toContain('abc');
  });
});

const namespace = 'analytics-core-prod';
const tenant = tenantFixture({
  environments: [
    environmentFixture({ cluster: 'eu', namespaces: [namespace] }),
    environmentFixture({ name: 'dev', cluster: 'us', namespaces: ['twice'] }),
    environmentFixture({ name: 'qa', cluster: 'eu', namespaces: ['twice'] }),
  ],
});

function arrange() {
  const api = new FakeKubeApi({ cluster: 'eu' });
  const deployment = deploymentObject({ name: 'web', namespace });
  const set = replicaSetObject({
    name: 'web-1',
    namespace,
    controller: controlledBy(deployment),
  });
  const pod = podObject({
    name: 'web-1-a',
    namespace,
    controller: controlledBy(set),
  });
  const view = createFakeClusterView({
    name: 'eu',
    objects: {
      deployments: [deployment],
      replicasets: [set],
      pods: [pod],
      events: [
        eventObject({
          name: 'e1',
          namespace,
          reason: 'BackOff',
          regarding: { kind: 'Pod', name: pod.name, namespace, uid: pod.uid },
        }),
        eventObject({ name: 'e2', namespace, reason: 'Other' }),
      ],
    },
  });
  const reader = new ObjectReader({
    kubeApi: cluster => (cluster === 'eu' ? api : undefined),
    viewOf: cluster => (cluster === 'eu' ? view : undefined),
    clock: new FakeClock(),
  });
  const { signal } = new AbortController();
  const read = (ref: Partial<ObjectRef>) =>
    reader.read(
      tenant,
      { kind: 'Pod', namespace, name: 'web-1-a', ...ref },
      signal,
    );
  api.write('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web-1-a', namespace, managedFields: [] },
    spec: { containers: [{ name: 'main', image: 'web:1' }] },
  });
  return { api, read };
}

describe('ObjectReader', () => {
  it('gives the object as YAML, what controls it, and its events', async () => {
    const { read } = arrange();
    const object = await read({});
    expect(parse(object.yaml)).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { containers: [{ image: 'web:1' }] },
    });
    expect(object.yaml).not.toContain('managedFields');
    expect(object).toMatchObject({
      environment: 'prod',
      cluster: 'eu',
      masked: 0,
      owners: [
        { kind: 'ReplicaSet', name: 'web-1', known: true },
        { kind: 'Deployment', name: 'web', known: true },
      ],
      events: [{ reason: 'BackOff', object: { name: 'web-1-a' } }],
    });
  });

  it('reads nothing outside the tenant’s namespaces', async () => {
    const { api, read } = arrange();
    await expect(read({ namespace: 'kube-system' })).rejects.toThrow(
      'The tenant has no Pod web-1-a there.',
    );
    expect(api.requests).toEqual([]);
  });

  it('asks which cluster is meant where two have the namespace', async () => {
    const { read } = arrange();
    await expect(read({ namespace: 'twice' })).rejects.toThrow(/several/);
    await expect(read({ namespace: 'twice', cluster: 'us' })).rejects.toThrow(
      'The cluster us is not connected',
    );
  });

  it.each([
    [404, 'NotFoundError', 'There is no Pod'],
    [403, 'ServiceUnavailableError', 'Apply docs/cluster-role.yaml'],
    [500, 'ServiceUnavailableError', 'Try again later'],
  ])('says what a %s of the cluster means', async (status, name, message) => {
    const { api, read } = arrange();
    const details = { cluster: 'eu', reason: 'Any', resource: 'pods', status };
    api.failNext('get', new KubeError('no', details));
    await expect(read({})).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
  });
});

it('knows how to watch every kind it reads, and reads no secrets', () => {
  expect(OBJECT_KINDS.map(watchedKindOf)).toHaveLength(OBJECT_KINDS.length);
  expect(OBJECT_KINDS).not.toContain('Secret');
  expect(OBJECT_KINDS).not.toContain('ConfigMap');
});

it.each([
  { kind: 'Secret', namespace: 'shop', name: 'db' },
  { kind: 'Pod', namespace: '../shop', name: 'db' },
  { kind: 'Pod', namespace: 'shop', name: 'db?x=1' },
  { kind: '__proto__', namespace: 'shop', name: 'db' },
])('does not take $kind $namespace/$name', path => {
  expect(objectPathSchema.safeParse(path).success).toBe(false);
});
