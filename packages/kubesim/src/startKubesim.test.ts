// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from './Kubesim';
import { startKubesim } from './startKubesim';

const PODS = '/api/v1/namespaces/default/pods';

function pod(name: string, labels?: Record<string, string>) {
  const spec = { containers: [{ name: 'main', image: 'web:1' }] };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels },
    spec,
  };
}

describe('startKubesim over HTTP', () => {
  let sim: Kubesim;

  beforeEach(async () => {
    sim = await startKubesim({
      tokens: [
        { token: 'root', user: 'root', access: 'admin' },
        { token: 'reader', user: 'reader', access: 'read' },
      ],
    });
  });
  afterEach(() => sim.stop());

  async function call(
    path: string,
    init: {
      method?: string;
      body?: unknown;
      type?: string;
      token?: string;
    } = {},
  ) {
    const response = await fetch(sim.url + path, {
      method: init.method,
      headers: {
        authorization: `Bearer ${init.token ?? 'root'}`,
        'content-type': init.type ?? 'application/json',
      },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
    });
    return { status: response.status, body: await response.json() };
  }

  async function watched(query: string, stop: (lines: string[]) => boolean) {
    const response = await fetch(`${sim.url}${PODS}?watch=1&${query}`, {
      headers: { authorization: 'Bearer root' },
    });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const lines = text.split('\n').filter(Boolean);
      if (stop(lines)) break;
    }
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }

  it('refuses callers without a known token, and writes by readers', async () => {
    expect((await call(PODS, { token: 'nobody' })).body).toMatchObject({
      code: 401,
      reason: 'Unauthorized',
    });
    expect((await call(PODS, { token: 'reader' })).status).toBe(200);
    const denied = await call(PODS, {
      method: 'POST',
      body: pod('a'),
      token: 'reader',
    });
    expect(denied.body.message).toBe(
      'pods is forbidden: User "reader" cannot create resource "pods" in API group "" in the namespace "default"',
    );
  });

  it('creates, reads, conflicts and deletes as the real server words it', async () => {
    expect((await call(PODS, { method: 'POST', body: pod('a') })).status).toBe(
      201,
    );
    expect(
      (await call(PODS, { method: 'POST', body: pod('a') })).body,
    ).toMatchObject({ code: 409, reason: 'AlreadyExists' });
    const stale = {
      ...pod('a'),
      metadata: { name: 'a', namespace: 'default', resourceVersion: '1' },
    };
    expect(
      (await call(`${PODS}/a`, { method: 'PUT', body: stale })).body,
    ).toMatchObject({ code: 409, reason: 'Conflict' });
    expect((await call(`${PODS}/a`, { method: 'DELETE' })).status).toBe(200);
    expect((await call(`${PODS}/a`)).body.message).toBe('pods "a" not found');
  });

  it('pages a list from one snapshot, and expires its tokens after a compaction', async () => {
    for (const name of ['a', 'b', 'c']) sim.objects.create('pods', pod(name));
    const first = (await call(`${PODS}?limit=2`)).body;
    expect(first.metadata).toMatchObject({ remainingItemCount: 1 });
    expect(first.items[0].kind).toBeUndefined();
    sim.objects.create('pods', pod('bb'));
    const next = `${PODS}?limit=2&continue=${first.metadata.continue}`;
    const second = (await call(next)).body;
    expect(
      second.items.map(
        (item: { metadata: { name: string } }) => item.metadata.name,
      ),
    ).toEqual(['c']);
    expect(second.metadata.resourceVersion).toBe(
      first.metadata.resourceVersion,
    );
    sim.compact();
    expect((await call(next)).body).toMatchObject({
      code: 410,
      reason: 'Expired',
    });
  });

  it('sends the initial events and the bookmark that ends them', async () => {
    sim.objects.create('pods', pod('a'));
    const lines = await watched(
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true',
      all => all.length === 2,
    );
    expect(lines[0]).toMatchObject({ type: 'ADDED', object: { kind: 'Pod' } });
    expect(lines[1].object.metadata.annotations).toEqual({
      'k8s.io/initial-events-end': 'true',
      'kubernetes.io/initial-events-list-blueprint': expect.any(String),
    });
  });

  it('answers an old version with a 410 in the stream', async () => {
    sim.objects.create('pods', pod('a'));
    sim.compact();
    const [line] = await watched('resourceVersion=1', all => all.length === 1);
    expect(line).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
  });

  it('turns a change that leaves the selector into DELETED', async () => {
    sim.objects.create('pods', pod('a', { app: 'web' }));
    const change = watched('labelSelector=app%3Dweb', lines => {
      if (lines.length === 1) {
        sim.objects.modify(
          'pods',
          { namespace: 'default', name: 'a' },
          draft => void (draft.metadata.labels = {}),
        );
      }
      return lines.length === 2;
    });
    expect((await change).map(line => line.type)).toEqual(['ADDED', 'DELETED']);
  });

  it('refuses what exceeds a quota and keeps what is used', () => {
    const metadata = { name: 'q', namespace: 'default' };
    sim.objects.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard: { pods: '1' } },
    });
    sim.objects.create('pods', pod('a'));
    expect(() => sim.objects.create('pods', pod('b'))).toThrow(
      'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    );
    expect(sim.objects.get('resourcequotas', metadata)?.status).toMatchObject({
      used: { pods: '1' },
    });
  });

  it('empties a namespace, and says what holds it', () => {
    sim.objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'old' },
    });
    const metadata = {
      name: 'held',
      namespace: 'old',
      finalizers: ['example.com/hold'],
    };
    sim.objects.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
    });
    sim.objects.delete('namespaces', { name: 'old' });
    const conditions = sim.objects.get('namespaces', { name: 'old' })?.status
      ?.conditions;
    expect(JSON.stringify(conditions)).toContain(
      'example.com/hold in 1 resource instances',
    );
    sim.objects.modify(
      'configmaps',
      metadata,
      draft => void (draft.metadata.finalizers = []),
    );
    expect(sim.objects.get('namespaces', { name: 'old' })).toBeUndefined();
  });

  it('collects dependents with their owner', () => {
    const owner = sim.objects.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'o', namespace: 'default' },
    });
    const ownerReferences = [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'o',
        uid: owner.metadata.uid,
      },
    ];
    sim.objects.create('pods', {
      ...pod('a'),
      metadata: { name: 'a', namespace: 'default', ownerReferences },
    });
    sim.objects.delete('configmaps', { namespace: 'default', name: 'o' });
    expect(
      sim.objects.get('pods', { namespace: 'default', name: 'a' }),
    ).toBeUndefined();
  });

  it('writes nothing when an apply says nothing new, and removes what it no longer says', async () => {
    const path = '/api/v1/namespaces/default/configmaps/c?fieldManager=t';
    const apply = (data: object) =>
      call(path, {
        method: 'PATCH',
        type: 'application/apply-patch+yaml',
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name: 'c' },
          data,
        },
      });
    const first = await apply({ a: '1', b: '2' });
    expect(
      (await apply({ a: '1', b: '2' })).body.metadata.resourceVersion,
    ).toBe(first.body.metadata.resourceVersion);
    expect((await apply({ a: '1' })).body.data).toEqual({ a: '1' });
  });

  it('injects an armed fault once and counts it', async () => {
    const fault = sim.faults.arm({
      kind: 'httpStatus',
      status: 429,
      retryAfterSeconds: 2,
      match: { verb: 'list' },
    });
    expect((await call(PODS)).status).toBe(429);
    expect((await call(PODS)).status).toBe(200);
    expect(fault.injected).toBe(1);
    expect(sim.requests.get('list pods')).toBe(2);
  });
});
