// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const MAPS = '/api/v1/namespaces/default/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const APPLY = 'apply-patch+yaml';
const MERGE = 'merge-patch+json';

type Entry = {
  readonly manager: string;
  readonly operation: string;
  readonly subresource?: string;
  readonly fieldsV1: object;
};

function map(data?: object) {
  const metadata = { name: 'c' };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

function web() {
  const containers = [
    { name: 'main', image: 'web:1', ports: [{ containerPort: 80 }] },
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers } },
    },
  };
}

describe('who owns which field', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  const ownersOf = (body: { metadata: { managedFields?: Entry[] } }) =>
    Object.fromEntries(
      (body.metadata.managedFields ?? []).map(entry => [
        [entry.manager, entry.operation, entry.subresource]
          .filter(Boolean)
          .join(' '),
        entry.fieldsV1,
      ]),
    );
  const applyAs = async (manager: string, body: object, more = '') =>
    (await http.patch(`${MAPS}/c?fieldManager=${manager}${more}`, APPLY, body))
      .body;

  it('gives a creator what it sent and what was filled in, list items by their keys', async () => {
    const path = `${DEPLOYMENTS}?fieldManager=maker`;
    const fields = ownersOf(await http.post(path, web()).then(a => a.body));
    expect(Object.keys(fields)).toEqual(['maker Update']);
    expect(fields['maker Update']).toMatchObject({
      'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } },
      'f:spec': {
        'f:replicas': {},
        'f:selector': {},
        'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {} } },
        'f:template': {
          'f:spec': {
            'f:containers': {
              'k:{"name":"main"}': {
                '.': {},
                'f:image': {},
                'f:ports': {
                  '.': {},
                  'k:{"containerPort":80,"protocol":"TCP"}': {
                    '.': {},
                    'f:protocol': {},
                  },
                },
              },
            },
          },
        },
      },
    });
    expect(JSON.stringify(fields)).not.toContain('f:uid');
  });

  it('hands a changed field to the last writer, and the status to its own entry', async () => {
    await http.post(`${DEPLOYMENTS}?fieldManager=maker`, web());
    const scaled = { spec: { replicas: 2 } };
    await http.patch(`${DEPLOYMENTS}/web?fieldManager=scaler`, MERGE, scaled);
    const status = { status: { observedGeneration: 2 } };
    const path = `${DEPLOYMENTS}/web/status?fieldManager=watcher`;
    const fields = ownersOf((await http.patch(path, MERGE, status)).body);
    expect(fields['scaler Update']).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect(fields['watcher Update status']).toEqual({
      'f:status': { 'f:observedGeneration': {} },
    });
    expect(fields['maker Update']).not.toHaveProperty(['f:spec', 'f:replicas']);
  });

  it('lets two appliers share a field they agree on, until both drop it', async () => {
    await applyAs('one', map({ a: '1', b: '2' }));
    const shared = await applyAs('two', map({ a: '1' }));
    expect(ownersOf(shared)).toEqual({
      'one Apply': { 'f:data': { 'f:a': {}, 'f:b': {} } },
      'two Apply': { 'f:data': { 'f:a': {} } },
    });
    expect((await applyAs('one', map({ b: '2' }))).data).toEqual({
      a: '1',
      b: '2',
    });
    expect((await applyAs('two', map())).data).toEqual({ b: '2' });
  });

  it('takes conflicting fields only by force, and names version and manager of an update', async () => {
    await http.post(`${MAPS}?fieldManager=maker`, map({ a: '1' }));
    const refused = await applyAs('two', map({ a: '2' }));
    expect(refused).toMatchObject({
      code: 409,
      message:
        'Apply failed with 1 conflict: conflict with "maker" using v1: .data.a',
    });
    const forced = await applyAs('two', map({ a: '2' }), '&force=true');
    expect(ownersOf(forced)).toEqual({
      'maker Update': { 'f:data': {} },
      'two Apply': { 'f:data': { 'f:a': {} } },
    });
  });

  it('leaves what was there before the first apply to an entry of its own', async () => {
    sim.objects.create('configmaps', {
      ...map({ a: '1' }),
      metadata: { name: 'c', namespace: 'default' },
    });
    const fields = ownersOf(await applyAs('one', map({ b: '2' })));
    expect(fields['before-first-apply Update']).toEqual({
      'f:data': { 'f:a': {} },
    });
  });

  it('refuses an apply of fields the kind does not have, of entries, and of another version', async () => {
    expect(await applyAs('one', { ...map(), colour: 'red' })).toMatchObject({
      code: 500,
      message:
        'failed to create typed patch object (default/c; /v1, Kind=ConfigMap): .colour: field not declared in schema',
    });
    const metadata = { name: 'c', managedFields: [{ manager: 'x' }] };
    expect((await applyAs('one', { ...map(), metadata })).message).toBe(
      'metadata.managedFields must be nil',
    );
    expect((await applyAs('one', { ...map(), apiVersion: 'v2' })).code).toBe(
      400,
    );
  });
});
