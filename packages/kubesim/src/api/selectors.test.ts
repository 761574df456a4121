// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const PODS = '/api/v1/namespaces/default/pods';

describe('selectors over HTTP', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeAll(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    const labels: Record<string, Record<string, string> | undefined> = {
      a: { app: 'web', tier: 'front' },
      b: { app: 'web', tier: 'back' },
      c: { app: 'db' },
      d: undefined,
    };
    for (const name of Object.keys(labels)) {
      sim.objects.create('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'default', labels: labels[name] },
        spec: {
          containers: [{ name: 'main', image: 'web:1' }],
          ...(name === 'a' && { nodeName: 'node-1', hostNetwork: true }),
        },
        status: { phase: name === 'd' ? 'Failed' : 'Running' },
      });
    }
  });
  afterAll(() => sim.stop());

  const list = async (query: Record<string, string>) =>
    (await http.call(`${PODS}?${new URLSearchParams(query)}`)).body;
  const names = async (query: Record<string, string>) =>
    (await list(query)).items
      .map((item: { metadata: { name: string } }) => item.metadata.name)
      .join('');

  it.each([
    ['app=web', 'ab'],
    ['app==web,tier!=front', 'b'],
    ['app!=web', 'cd'],
    ['app in (web, db)', 'abc'],
    ['app notin (web),tier notin (x)', 'cd'],
    ['tier', 'ab'],
    ['!tier', 'cd'],
    ['', 'abcd'],
  ])('chooses by the labels %p the pods %p', async (labelSelector, chosen) => {
    expect(await names({ labelSelector })).toBe(chosen);
  });

  it.each([
    ['metadata.name=b', 'b'],
    ['metadata.namespace=default,status.phase!=Running', 'd'],
    ['spec.nodeName=node-1', 'a'],
    ['spec.nodeName=', 'bcd'],
    ['spec.hostNetwork=true', 'a'],
    ['spec.hostNetwork==false', 'bcd'],
  ])('chooses by the fields %p the pods %p', async (fieldSelector, chosen) => {
    expect(await names({ fieldSelector })).toBe(chosen);
  });

  it.each([
    [{ labelSelector: '-bad=x' }, 'unable to parse requirement'],
    [{ labelSelector: 'app=no way' }, "found 'way', expected: ','"],
    [{ labelSelector: 'app in (a!)' }, 'unable to parse requirement'],
    [{ fieldSelector: 'spec.secret=x' }, 'field label not supported'],
    [{ fieldSelector: 'nonsense' }, 'invalid selector'],
    [{ limit: 'ten' }, 'invalid syntax'],
    [{ continue: 'garbage' }, 'continue key is not valid'],
  ])('refuses %p', async (query, why) => {
    const body = await list(query);
    expect(body.code).toBe(400);
    expect(body.message).toContain(why);
  });

  it('refuses a continue token of another list', async () => {
    const first = await list({ limit: '1' });
    const other = await list({
      continue: first.metadata.continue,
      labelSelector: 'app',
    });
    expect(other.code).toBe(400);
  });

  it('refuses a watch whose parameters make no sense', async () => {
    const unread = await list({ watch: '1', resourceVersion: 'new' });
    expect(unread.code).toBe(500);
    const queries: Record<string, string>[] = [
      { watch: '1', sendInitialEvents: 'true' },
      { watch: '1', labelSelector: '!' },
    ];
    for (const query of queries) {
      expect((await list(query)).code).toBe(400);
    }
  });

  it('refuses malformed and escaping paths', async () => {
    expect((await http.call('/api/v1/pods/%zz')).status).toBe(400);
    expect((await http.call(`${PODS}/a%2Fb`)).status).toBe(400);
    expect((await http.call('/api/v1/pods/a')).status).toBe(404);
    expect((await http.call('/api/v1/namespaces/x/nodes/y')).status).toBe(404);
    expect((await http.call('/elsewhere')).status).toBe(404);
  });
});
