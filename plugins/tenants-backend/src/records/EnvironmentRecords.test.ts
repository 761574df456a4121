// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import { FakeClock } from '../time/testing/FakeClock';
import { applySetIdOf } from './applySet';
import { EnvironmentRecords } from './EnvironmentRecords';
import { NewerFenceError, UnreadableRecordError } from './NewerFenceError';
import { recordOf } from './testing/recordOf';

const { signal } = new AbortController();
let eu: FakeKubeApi;
let us: FakeKubeApi;
let records: EnvironmentRecords;

beforeEach(() => {
  eu = new FakeKubeApi({ cluster: 'eu' });
  us = new FakeKubeApi({ cluster: 'us' });
  records = new EnvironmentRecords({
    clusters: () => ['eu', 'us'],
    kubeApi: name => [eu, us].find(api => api.cluster === name),
    systemNamespace: 'tenantry-system',
    prefix: 'tenantry.dev',
    tooling: 'tenantry/1.0.0',
    clock: new FakeClock(),
  });
});

const stored = (api: FakeKubeApi) => api.objects('configmaps');
const dev = { tenant: 'shop', environment: 'dev', cluster: 'eu' };

it('reads what was written', async () => {
  const record = recordOf({ revision: 3, owner: 'group:default/a' });
  const written = await records.write({ ...record, fence: 7 }, signal);
  expect(await records.get(dev, signal)).toEqual(written);
  expect(written).toMatchObject({ ...record, fence: 7 });
});

it('is the parent of an ApplySet', async () => {
  const places = {
    'apps/v1/Deployment': ['shop-dev'],
    'v1/Service': ['shop-dev'],
  };
  await records.write(recordOf({ places }), signal);
  expect(stored(eu)).toMatchObject([
    {
      metadata: {
        name: 'tenantry-shop.dev',
        namespace: 'tenantry-system',
        labels: {
          'tenantry.dev/tenant': 'shop',
          'applyset.kubernetes.io/id': applySetIdOf(dev, 'tenantry-system'),
        },
        annotations: {
          'applyset.kubernetes.io/tooling': 'tenantry/1.0.0',
          'applyset.kubernetes.io/contains-group-kinds':
            'Deployment.apps,Service',
          'applyset.kubernetes.io/additional-namespaces': 'shop-dev',
        },
      },
    },
  ]);
  expect(applySetIdOf(dev, 'tenantry-system')).toMatch(
    /^applyset-[A-Za-z0-9_-]{43}-v1$/,
  );
});

it('tells the records of two tenants apart whose names join to the same', async () => {
  await records.write(recordOf({ tenant: 'a-b', environment: 'c' }), signal);
  await records.write(recordOf({ tenant: 'a', environment: 'b-c' }), signal);
  const { records: found } = await records.ofTenant('a', signal);
  expect(found.map(record => record.environment)).toEqual(['b-c']);
});

it('finds a tenant’s records on every cluster, and names the cluster that failed', async () => {
  await records.write(recordOf(), signal);
  const details = { cluster: 'us', reason: 'Timeout', resource: 'configmaps' };
  us.failNext('list', new KubeError('No answer.', details));
  const found = await records.ofTenant('shop', signal);
  expect(found.records.map(record => record.cluster)).toEqual(['eu']);
  expect(found.unavailable).toEqual([
    { cluster: 'us', message: expect.stringContaining('"us"') },
  ]);
});

it('a record that says it is of another tenant than its label is not read', async () => {
  await records.write(recordOf({ tenant: 'bank' }), signal);
  const [object] = stored(eu);
  const labels = {
    ...Object(object?.metadata.labels),
    'tenantry.dev/tenant': 'shop',
  };
  eu.write('configmaps', {
    ...object,
    metadata: { ...object?.metadata, name: 'tenantry-bank.dev', labels },
  });
  expect((await records.ofTenant('shop', signal)).records).toEqual([]);
});

it('says that a record can’t be read, and never overwrites it', async () => {
  await records.write(recordOf(), signal);
  const [object] = stored(eu);
  const data = { record: '{"apiVersion":"tenantry.dev/v9"}' };
  const metadata = { ...object?.metadata, name: 'tenantry-shop.dev' };
  eu.write('configmaps', { ...object, metadata, data });
  const { unavailable } = await records.ofTenant('shop', signal);
  expect(unavailable).toMatchObject([{ cluster: 'eu' }]);
  for (const attempt of [
    records.write(recordOf(), signal),
    records.claim(recordOf(), 9, signal),
    records.remove(dev, 9, signal),
  ]) {
    await expect(attempt).rejects.toThrow(UnreadableRecordError);
  }
  expect(stored(eu)).toMatchObject([{ data }]);
});

describe('claiming', () => {
  it('makes the record before anything else is there', async () => {
    const claimed = await records.claim(recordOf({ revision: 4 }), 1, signal);
    expect(claimed).toMatchObject({ revision: 0, fence: 1 });
  });

  it('keeps what the record says and raises its fence', async () => {
    await records.write(recordOf({ revision: 4, fence: 1 }), signal);
    const next = recordOf({ revision: 9, definitions: 'other' });
    const claimed = await records.claim(next, 2, signal);
    expect(claimed).toMatchObject({ revision: 4, fence: 2, definitions: 'd1' });
  });

  it('knows where members were and where they will be', async () => {
    const places = { Service: ['a'] };
    await records.write(recordOf({ places }), signal);
    const next = recordOf({ places: { Service: ['b'], ConfigMap: ['b'] } });
    expect((await records.claim(next, 2, signal)).places).toEqual({
      ConfigMap: ['b'],
      Service: ['a', 'b'],
    });
  });

  it('writes nothing when nothing is new', async () => {
    await records.claim(recordOf(), 2, signal);
    const { resourceVersion } = eu;
    await records.claim(recordOf(), 2, signal);
    expect(eu.resourceVersion).toBe(resourceVersion);
  });

  it('tries again when another writer came between, and sees its fence', async () => {
    await records.write(recordOf({ fence: 1 }), signal);
    const conflict = new KubeError('Changed.', {
      cluster: 'eu',
      status: 409,
      reason: 'Conflict',
      resource: 'configmaps',
    });
    eu.failNext('apply', conflict);
    expect(await records.claim(recordOf(), 2, signal)).toMatchObject({
      fence: 2,
    });
  });
});

describe('a writer with an older lease', () => {
  beforeEach(() => records.write(recordOf({ fence: 5 }), signal));

  it.each([
    ['claims', () => records.claim(recordOf(), 4, signal)],
    ['writes', () => records.write(recordOf({ fence: 4 }), signal)],
    ['removes', () => records.remove(dev, 4, signal)],
    ['asks', () => records.checkOwn(dev, 4, signal)],
  ])('is stopped when it %s', async (_, attempt) => {
    const before = eu.resourceVersion;
    await expect(attempt()).rejects.toThrow(NewerFenceError);
    expect(eu.resourceVersion).toBe(before);
  });

  it('may go on once a person has lowered the fence', async () => {
    const [object] = stored(eu);
    const annotations = { 'tenantry.dev/fence': '3' };
    const metadata = { ...object?.metadata, name: 'tenantry-shop.dev' };
    eu.write('configmaps', {
      ...object,
      metadata: { ...metadata, annotations },
    });
    expect(await records.claim(recordOf(), 4, signal)).toMatchObject({
      fence: 4,
    });
  });
});

it('removes a record, and again', async () => {
  await records.write(recordOf({ fence: 1 }), signal);
  await records.remove(dev, 1, signal);
  await records.remove(dev, 1, signal);
  expect(stored(eu)).toEqual([]);
});
