// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const MAPS = '/api/v1/namespaces/default/configmaps';

describe('deletion over HTTP', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  const found = (name: string) =>
    sim.objects.get('configmaps', { namespace: 'default', name });

  function create(
    name: string,
    more: { owners?: readonly string[]; finalizers?: string[] } = {},
  ) {
    const ownerReferences = more.owners?.map(owner => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: owner,
      uid: found(owner)?.metadata.uid ?? '',
    }));
    const { finalizers } = more;
    return sim.objects.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default', ownerReferences, finalizers },
    });
  }

  it('answers with a Status that names what went', async () => {
    const { metadata } = create('a');
    expect((await http.delete(`${MAPS}/a`)).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: metadata.uid },
    });
    expect((await http.delete(`${MAPS}/a`)).status).toBe(404);
  });

  it('holds an object until its last finalizer is taken away', async () => {
    create('a', { finalizers: ['x.test/hold'] });
    const { body } = await http.delete(`${MAPS}/a`);
    expect(body.metadata.deletionTimestamp).toBeDefined();
    const again = await http.delete(`${MAPS}/a`);
    expect(again.body.metadata.resourceVersion).toBe(
      body.metadata.resourceVersion,
    );
    const patch = { metadata: { finalizers: null } };
    await http.patch(`${MAPS}/a`, 'merge-patch+json', patch);
    expect(found('a')).toBeUndefined();
  });

  it('leaves dependents behind without owner when it orphans them', async () => {
    create('owner');
    create('child', { owners: ['owner'] });
    await http.delete(`${MAPS}/owner`, { propagationPolicy: 'Orphan' });
    expect(found('owner')).toBeUndefined();
    expect(found('child')?.metadata.ownerReferences).toBeUndefined();
  });

  it('keeps the owner until its dependents are gone in the foreground', async () => {
    create('owner');
    create('child', { owners: ['owner'], finalizers: ['x.test/hold'] });
    await http.delete(`${MAPS}/owner?propagationPolicy=Foreground`);
    expect(found('owner')?.metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(found('child')?.metadata.deletionTimestamp).toBeDefined();
    const patch = { metadata: { finalizers: [] } };
    await http.patch(`${MAPS}/child`, 'merge-patch+json', patch);
    expect(found('child')).toBeUndefined();
    expect(found('owner')).toBeUndefined();
  });

  it('only lets go of a dependent that has another owner', async () => {
    create('one');
    const two = create('two');
    create('child', { owners: ['one', 'two'] });
    await http.delete(`${MAPS}/one`);
    expect(found('child')?.metadata.ownerReferences).toMatchObject([
      { uid: two.metadata.uid },
    ]);
    await http.delete(`${MAPS}/two`);
    expect(found('child')).toBeUndefined();
  });

  it('ends a foreground deletion that only had to let go of a dependent', async () => {
    create('one');
    create('two');
    create('child', { owners: ['one', 'two'] });
    await http.delete(`${MAPS}/one?propagationPolicy=Foreground`);
    expect(found('one')).toBeUndefined();
    expect(found('child')?.metadata.ownerReferences).toHaveLength(1);
  });

  it('deletes only what its preconditions describe', async () => {
    const { metadata } = create('a');
    for (const preconditions of [{ uid: 'other' }, { resourceVersion: '1' }]) {
      const { body } = await http.delete(`${MAPS}/a`, { preconditions });
      expect(body).toMatchObject({ code: 409, reason: 'Conflict' });
      expect(body.message).toContain('in the precondition');
    }
    const { uid, resourceVersion } = metadata;
    const preconditions = { uid, resourceVersion };
    expect((await http.delete(`${MAPS}/a`, { preconditions })).status).toBe(
      200,
    );
  });

  it('deletes a collection by its selector, and nothing in a dry run', async () => {
    for (const name of ['a', 'b', 'c']) create(name);
    await http.delete(`${MAPS}?dryRun=All`);
    expect(found('a')).toBeDefined();
    const { body } = await http.delete(
      `${MAPS}?fieldSelector=metadata.name!=b`,
    );
    expect(body).toMatchObject({ kind: 'ConfigMapList' });
    expect(body.items).toHaveLength(2);
    expect(sim.objects.list('configmaps', 'default')).toHaveLength(1);
  });

  it('takes nothing new into a namespace that is going', async () => {
    sim.objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'old' },
    });
    const held = {
      name: 'held',
      namespace: 'old',
      finalizers: ['x.test/hold'],
    };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: held };
    sim.objects.create('configmaps', object);
    await http.delete('/api/v1/namespaces/old');
    const refused = await http.post('/api/v1/namespaces/old/configmaps', {
      ...object,
      metadata: { name: 'late' },
    });
    expect(refused.body).toMatchObject({
      code: 403,
      details: { causes: [{ reason: 'NamespaceTerminating' }] },
    });
    const nowhere = '/api/v1/namespaces/nowhere/configmaps';
    const lost = { ...object, metadata: { name: 'lost' } };
    expect((await http.post(nowhere, lost)).body.message).toBe(
      'namespaces "nowhere" not found',
    );
  });

  it('keeps a namespace until the finalizers of others are off its spec', async () => {
    const spaces = '/api/v1/namespaces';
    const spec = { finalizers: ['kubernetes', 'x.test/a'] };
    const body = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'n' },
    };
    await http.post(spaces, { ...body, spec });
    expect((await http.delete(`${spaces}/n`)).body).toMatchObject({
      kind: 'Namespace',
      status: { phase: 'Terminating' },
    });
    const held = (await http.call(`${spaces}/n`)).body;
    expect(held.spec.finalizers).toEqual(['x.test/a']);
    const put = { method: 'PUT', body: { ...body, spec: { finalizers: [] } } };
    expect((await http.call(`${spaces}/n/finalize`, put)).status).toBe(200);
    expect((await http.call(`${spaces}/n`)).status).toBe(404);
  });

  it('refuses new finalizers, and the same name, while an object goes', async () => {
    const metadata = { name: 'late', finalizers: ['x.test/a'] };
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    await http.post(MAPS, object);
    await http.delete(`${MAPS}/late`);
    const more = { metadata: { finalizers: ['x.test/a', 'x.test/b'] } };
    const refused = await http.patch(`${MAPS}/late`, 'merge-patch+json', more);
    expect(refused.body).toMatchObject({ code: 422, reason: 'Invalid' });
    expect((await http.post(MAPS, object)).body.message).toBe(
      'object is being deleted: configmaps "late" already exists',
    );
  });

  it('answers with the object when dependents are orphaned or go first', async () => {
    for (const propagationPolicy of ['Orphan', 'Foreground']) {
      const metadata = { name: 'owner' };
      await http.post(MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata });
      const { body } = await http.delete(`${MAPS}/owner`, {
        propagationPolicy,
      });
      expect(body.metadata.finalizers).toEqual([
        propagationPolicy === 'Orphan' ? 'orphan' : 'foregroundDeletion',
      ]);
      expect((await http.call(`${MAPS}/owner`)).status).toBe(404);
    }
  });
});
