// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const MAPS = '/api/v1/namespaces/default/configmaps';
const METADATA =
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json';

describe('lists and the versions they show', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    for (const name of ['a', 'b', 'c']) make(name);
  });
  afterEach(() => sim.stop());

  function make(name: string): string {
    return sim.objects.create('configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default' },
      data: { name },
    }).metadata.resourceVersion;
  }
  const list = async (query: string) =>
    (await http.call(`${MAPS}?${query}`)).body;
  const names = (body: { items: { metadata: { name: string } }[] }) =>
    body.items.map(item => item.metadata.name).join('');

  it('shows a former state exactly, as long as it is remembered', async () => {
    const version = make('d');
    sim.objects.delete('configmaps', { namespace: 'default', name: 'b' });
    make('e');
    const query = `resourceVersionMatch=Exact&resourceVersion=${version}`;
    const former = await list(query);
    expect(names(former)).toBe('abcd');
    expect(former.metadata.resourceVersion).toBe(version);
    expect(names(await list(query.replace('Exact', 'NotOlderThan')))).toBe(
      'acde',
    );
    sim.compact();
    expect(await list(query)).toMatchObject({ code: 410, reason: 'Expired' });
  });

  it.each([
    ['resourceVersion=99999999', 504],
    ['resourceVersion=abc', 500],
    ['resourceVersionMatch=Exact', 422],
    ['resourceVersionMatch=Exact&resourceVersion=0', 422],
    ['resourceVersionMatch=Odd&resourceVersion=5', 422],
  ])('answers %p with %p', async (query, code) => {
    expect((await list(query)).code).toBe(code);
  });

  it('allows no version beside a continue token', async () => {
    const { metadata } = await list('limit=1');
    const next = `limit=1&continue=${metadata.continue}`;
    expect((await list(`${next}&resourceVersion=5`)).code).toBe(400);
    expect(names(await list(next))).toBe('b');
  });

  it('gives the metadata alone to callers who want no more', async () => {
    const { body } = await http.call(MAPS, { accept: METADATA });
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect(body.items[0]).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'a' },
    });
    expect(body.items[0]).not.toHaveProperty('data');
  });
});
