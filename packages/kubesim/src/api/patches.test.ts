// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const MAPS = '/api/v1/namespaces/default/configmaps';
const STRATEGIC = 'strategic-merge-patch+json';
const MERGE = 'merge-patch+json';
const JSON_PATCH = 'json-patch+json';
const APPLY = 'apply-patch+yaml';

function web() {
  const env = [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', finalizers: ['x.test/a'] },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'main', image: 'web:1', env }] },
      },
    },
  };
}

function map(data: object) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'default' },
    data,
  };
}

function containers(items: readonly object[]) {
  return { spec: { template: { spec: { containers: items } } } };
}

describe('writes over HTTP', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    sim.objects.create('deployments.apps', web());
    sim.objects.create('configmaps', map({ a: '1', b: '2' }));
  });
  afterEach(() => sim.stop());

  const changeWeb = async (type: string, body: unknown) =>
    (await http.patch(`${DEPLOYMENTS}/web`, type, body)).body;

  it('merges containers and their variables by name in a strategic merge', async () => {
    const body = await changeWeb(
      STRATEGIC,
      containers([
        { name: 'main', env: [{ name: 'B', $patch: 'delete' }] },
        { name: 'proxy', image: 'proxy:2' },
      ]),
    );
    expect(body.spec.template.spec.containers).toMatchObject([
      { name: 'main', image: 'web:1', env: [{ name: 'A', value: '1' }] },
      { name: 'proxy', image: 'proxy:2' },
    ]);
    expect(body.metadata.generation).toBe(2);
  });

  it('puts items in the order a strategic merge asks for', async () => {
    const order = { '$setElementOrder/env': [{ name: 'B' }, { name: 'A' }] };
    const body = await changeWeb(
      STRATEGIC,
      containers([{ name: 'main', ...order }]),
    );
    const [{ env }] = body.spec.template.spec.containers;
    expect(env.map(({ name }: { name: string }) => name)).toEqual(['B', 'A']);
  });

  it('replaces a list or a record that a strategic merge marks', async () => {
    const body = await changeWeb(STRATEGIC, {
      metadata: { labels: { old: 'yes' } },
      ...containers([{ $patch: 'replace' }, { name: 'only', image: 'only:1' }]),
    });
    expect(body.spec.template.spec.containers).toHaveLength(1);
    const labels = { $patch: 'replace', fresh: 'yes' };
    const again = await changeWeb(STRATEGIC, { metadata: { labels } });
    expect(again.metadata.labels).toEqual({ fresh: 'yes' });
    const none = { $patch: 'delete' };
    expect(
      (await changeWeb(STRATEGIC, { metadata: { labels: none } })).metadata
        .labels ?? {},
    ).toEqual({});
  });

  it('keeps only the retained keys, and removes values from plain lists', async () => {
    const strategy = {
      $retainKeys: ['type'],
      type: 'Recreate',
      rollingUpdate: null,
    };
    const body = await changeWeb(STRATEGIC, {
      spec: { strategy },
      metadata: {
        finalizers: ['x.test/b'],
        '$deleteFromPrimitiveList/finalizers': ['x.test/a'],
      },
    });
    expect(body.spec.strategy).toEqual({ type: 'Recreate' });
    expect(body.metadata.finalizers).toEqual(['x.test/b']);
  });

  it('replaces whole lists in a merge patch, and removes what is null', async () => {
    const patch = { data: { a: null, c: '3' } };
    const { body } = await http.patch(`${MAPS}/c`, MERGE, patch);
    expect(body.data).toEqual({ b: '2', c: '3' });
    const web2 = containers([{ name: 'main', image: 'web:2' }]);
    const [container] = (await changeWeb(MERGE, web2)).spec.template.spec
      .containers;
    expect(container.env).toBeUndefined();
  });

  it('carries out a JSON patch, and refuses one whose test fails', async () => {
    const { body } = await http.patch(`${MAPS}/c`, JSON_PATCH, [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '9' },
      { op: 'remove', path: '/data/b' },
    ]);
    expect(body.data).toEqual({ a: '9' });
    const failing = [{ op: 'test', path: '/data/a', value: '1' }];
    const refused = await http.patch(`${MAPS}/c`, JSON_PATCH, failing);
    expect(refused.body).toMatchObject({ code: 422, reason: 'Invalid' });
    for (const wrong of ['{', '{"op":"add"}', '[{"op":1}]']) {
      expect((await http.patch(`${MAPS}/c`, JSON_PATCH, wrong)).status).toBe(
        400,
      );
    }
  });

  it('refuses bodies in formats it does not know', async () => {
    expect((await http.patch(`${MAPS}/c`, 'json', {})).status).toBe(415);
    const protobuf = await http.call(MAPS, {
      method: 'POST',
      type: 'application/vnd.kubernetes.protobuf',
      body: 'k8s',
    });
    expect(protobuf.body).toMatchObject({ code: 400, reason: 'BadRequest' });
    expect((await http.post(MAPS, 'no json')).status).toBe(400);
    expect((await http.post(MAPS, '[]')).status).toBe(400);
  });

  it('refuses a conflicting apply by another manager until it is forced', async () => {
    const apply = (query: string, data: object) =>
      http.patch(`${MAPS}/s?${query}`, APPLY, {
        ...map(data),
        metadata: { name: 's' },
      });
    expect((await apply('fieldManager=one', { a: '1' })).status).toBe(201);
    const refused = await apply('fieldManager=two', { a: '2' });
    expect(refused.body).toMatchObject({
      code: 409,
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      details: { causes: [{ field: '.data.a' }] },
    });
    const forced = await apply('fieldManager=two&force=true', { a: '2' });
    expect(forced.body.data).toEqual({ a: '2' });
    const managers = forced.body.metadata.managedFields.map(
      ({ manager }: { manager: string }) => manager,
    );
    expect(managers).toEqual(['two']);
    expect((await apply('', { a: '3' })).status).toBe(422);
  });

  it('names every field of several conflicts, items by their key', async () => {
    const image = (tag: string, manager: string) =>
      http.patch(`${DEPLOYMENTS}/app?fieldManager=${manager}`, APPLY, {
        ...web(),
        metadata: { name: 'app' },
        spec: {
          ...web().spec,
          replicas: Number(tag),
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { containers: [{ name: 'main', image: `web:${tag}` }] },
          },
        },
      });
    await image('1', 'one');
    const { body } = await image('2', 'two');
    expect(body.message).toContain('Apply failed with 2 conflicts');
    expect(body.message).toContain(
      '- .spec.template.spec.containers[name="main"].image',
    );
  });

  it('takes items away that their only applier no longer names', async () => {
    const apply = (names: readonly string[]) =>
      http.patch(`${DEPLOYMENTS}/list?fieldManager=one`, APPLY, {
        ...web(),
        metadata: { name: 'list' },
        spec: {
          ...web().spec,
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              containers: names.map(name => ({ name, image: 'web:1' })),
            },
          },
        },
      });
    await apply(['main', 'side']);
    const { body } = await apply(['main']);
    expect(
      body.spec.template.spec.containers.map(
        ({ name }: { name: string }) => name,
      ),
    ).toEqual(['main']);
  });

  it('writes nothing in a dry run, of a create, a patch, an apply or a delete', async () => {
    const dry = 'dryRun=All';
    const other = { ...map({}), metadata: { name: 'other' } };
    expect((await http.post(`${MAPS}?${dry}`, other)).status).toBe(201);
    const patch = { data: { a: '5' } };
    const patched = await http.patch(`${MAPS}/c?${dry}`, MERGE, patch);
    expect(patched.body.data.a).toBe('5');
    await http.patch(`${MAPS}/new?${dry}&fieldManager=t`, APPLY, {
      ...other,
      metadata: { name: 'new' },
    });
    expect((await http.delete(`${MAPS}/c?${dry}`)).status).toBe(200);
    await http.delete(`${MAPS}/c`, { dryRun: ['All'] });
    expect(
      sim.objects.list('configmaps', 'default').map(item => item.data),
    ).toEqual([{ a: '1', b: '2' }]);
  });

  it('scales through the subresource, and refuses a stale scale', async () => {
    const path = `${DEPLOYMENTS}/web/scale`;
    const scale = (await http.call(path)).body;
    expect(scale).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 1 },
      status: { selector: 'app=web' },
    });
    const put = { method: 'PUT', body: { ...scale, spec: { replicas: 4 } } };
    expect((await http.call(path, put)).body.spec.replicas).toBe(4);
    expect((await http.call(path, put)).body.reason).toBe('Conflict');
    const two = { spec: { replicas: 2 } };
    expect((await http.patch(path, MERGE, two)).body.spec.replicas).toBe(2);
  });

  it('changes only the status through its subresource, and never through the object', async () => {
    const status = { observedGeneration: 7 };
    const body = { status, spec: { replicas: 9 } };
    await http.patch(`${DEPLOYMENTS}/web/status`, MERGE, body);
    await changeWeb(MERGE, { status: { observedGeneration: 8 } });
    const where = { namespace: 'default', name: 'web' };
    expect(sim.objects.get('deployments.apps', where)).toMatchObject({
      spec: { replicas: 1 },
      status,
    });
  });

  it('refuses what does not fit the path, in the words of the real server', async () => {
    const elsewhere = { name: 'x', namespace: 'kube-system' };
    expect(
      (await http.post(MAPS, { ...map({}), metadata: elsewhere })).body.message,
    ).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
    const renamed = { ...map({}), metadata: { name: 'x' } };
    const put = { method: 'PUT', body: renamed };
    expect((await http.call(`${MAPS}/c`, put)).body.message).toBe(
      'the name of the object (x) does not match the name on the URL (c)',
    );
    expect((await http.post(`${MAPS}/c`, renamed)).status).toBe(405);
    const wrongKind = { ...map({}), kind: 'Secret' };
    expect((await http.post(MAPS, wrongKind)).status).toBe(400);
    const nameless = { ...map({}), metadata: {} };
    expect((await http.post(MAPS, nameless)).body.reason).toBe('Invalid');
    const versioned = { name: 'v', resourceVersion: '3' };
    expect(
      (await http.post(MAPS, { ...map({}), metadata: versioned })).status,
    ).toBe(500);
    const generated = { ...map({}), metadata: { generateName: 'gen-' } };
    expect((await http.post(MAPS, generated)).body.metadata.name).toMatch(
      /^gen-[a-z0-9]{5}$/,
    );
    for (const path of ['/api/v1/nothing', '/apis/apps/v1/pods/a/b/c'])
      expect((await http.post(path, {})).status).toBe(404);
  });

  it('refuses invalid names, labels and specs', async () => {
    const metadata = { name: 'Big_Name', labels: { ok: 'no way!' } };
    const named = await http.post(MAPS, { ...map({}), metadata });
    expect(named.body.details.causes).toHaveLength(2);
    const bad = web();
    const selector = { matchLabels: { app: 'other' } };
    const mismatch = { ...bad, metadata: { name: 'm' } };
    const answer = await http.post(DEPLOYMENTS, {
      ...mismatch,
      spec: { ...bad.spec, selector },
    });
    expect(answer.body.message).toContain(
      '`selector` does not match template `labels`',
    );
    const negative = { spec: { replicas: -1 } };
    expect((await changeWeb(MERGE, negative)).code).toBe(422);
    const none = containers([{ name: '' }]);
    expect((await changeWeb(MERGE, none)).details.causes).toHaveLength(2);
  });
});
