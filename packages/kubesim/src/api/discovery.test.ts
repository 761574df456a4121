// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
const WIDGETS = '/apis/x.test/v1/namespaces/default/widgets';

const OPEN_SCHEMA = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};

function definition() {
  const columns = [
    { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
  ];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.x.test' },
    spec: {
      group: 'x.test',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: OPEN_SCHEMA },
        },
      ],
    },
  };
}

function widget(name: string) {
  const spec = { size: 3 };
  return { apiVersion: 'x.test/v1', kind: 'Widget', metadata: { name }, spec };
}

type Named = { readonly name: string };
const namesOf = (items: readonly Named[]) => items.map(({ name }) => name);

describe('what a cluster says of itself', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim({
      tokens: [{ token: 'reader', user: 'reader', access: 'read' }],
    });
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  const get = async (path: string, accept?: string) =>
    (await http.call(path, { accept })).body;

  it('answers health and version without a token', async () => {
    const open = (path: string) => fetch(sim.url + path);
    expect(await (await open('/healthz')).text()).toBe('ok');
    expect(await (await open('/version')).json()).toMatchObject({ major: '1' });
    expect((await open('/api')).status).toBe(403);
    const nobody = { token: 'nobody' };
    expect((await http.call('/healthz', nobody)).status).toBe(401);
  });

  it('lists versions, groups and resources one by one', async () => {
    expect((await get('/api')).versions).toEqual(['v1']);
    expect(namesOf((await get('/apis')).groups)).toContain('apps');
    expect(await get('/apis/apps')).toMatchObject({
      kind: 'APIGroup',
      preferredVersion: { groupVersion: 'apps/v1' },
    });
    expect(namesOf((await get('/api/v1')).resources)).toEqual(
      expect.arrayContaining(['pods', 'pods/log', 'pods/status']),
    );
    expect(namesOf((await get('/apis/apps/v1')).resources)).toContain(
      'deployments/scale',
    );
    expect(
      namesOf((await get('/apis/authorization.k8s.io/v1')).resources),
    ).toContain('selfsubjectaccessreviews');
    expect((await http.call('/apis/apps/v9')).status).toBe(404);
    expect((await http.call('/apis/none.test')).status).toBe(404);
  });

  it('aggregates all of it for clients that ask', async () => {
    const core = await get('/api', AGGREGATED);
    expect(core.kind).toBe('APIGroupDiscoveryList');
    const groups = await get('/apis', AGGREGATED);
    const apps = groups.items.find(
      (item: { metadata: Named }) => item.metadata.name === 'apps',
    );
    const deployments = apps.versions[0].resources.find(
      (item: { resource: string }) => item.resource === 'deployments',
    );
    expect(deployments).toMatchObject({
      scope: 'Namespaced',
      shortNames: ['deploy'],
      responseKind: { group: 'apps', version: 'v1', kind: 'Deployment' },
    });
  });

  it('serves enough OpenAPI for apply', async () => {
    const { paths } = await get('/openapi/v3');
    const url = paths['apis/apps/v1'].serverRelativeURL;
    const document = await get(url);
    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}';
    expect(namesOf(document.paths[path].patch.parameters)).toContain(
      'fieldValidation',
    );
    expect(Object.keys((await get('/openapi/v2')).definitions)).toContain(
      'io.k8s.api.core.v1.Pod',
    );
    expect((await http.call('/openapi/v3/apis/none/v1')).status).toBe(404);
  });

  it('tells callers what they may', async () => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const asked = (token: string, verb: string) =>
      http.call(path, {
        method: 'POST',
        token,
        body: { spec: { resourceAttributes: { verb, resource: 'pods' } } },
      });
    expect((await asked('reader', 'list')).body.status.allowed).toBe(true);
    expect((await asked('reader', 'delete')).body.status.allowed).toBe(false);
    expect((await asked(sim.token, 'delete')).body.status.allowed).toBe(true);
    const rules = path.replace('access', 'rules');
    expect(
      (await http.post(rules, { spec: { namespace: 'default' } })).body.status
        .resourceRules[0],
    ).toMatchObject({ verbs: ['*'] });
    expect((await http.call(path)).status).toBe(405);
    expect((await http.post(`${path}s`, {})).status).toBe(404);
  });

  it('serves a custom resource while its definition is there', async () => {
    expect((await http.call(WIDGETS)).status).toBe(404);
    const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const created = await http.post(crds, definition());
    expect(created.body.status).toMatchObject({ storedVersions: ['v1'] });
    const misnamed = { ...definition(), metadata: { name: 'other.x.test' } };
    expect((await http.post(crds, misnamed)).status).toBe(422);
    expect((await http.post(WIDGETS, widget('a'))).status).toBe(201);
    const status = { status: { phase: 'Fine' } };
    await http.patch(`${WIDGETS}/a/status`, 'merge-patch+json', status);
    const strategic = await http.patch(
      `${WIDGETS}/a`,
      'strategic-merge-patch+json',
      {},
    );
    expect(strategic.status).toBe(415);
    expect((await get(WIDGETS)).items).toMatchObject([
      { kind: 'Widget', status: { phase: 'Fine' } },
    ]);
    const table = await get(WIDGETS, TABLE);
    expect(namesOf(table.columnDefinitions)).toEqual(['Name', 'Size', 'Phase']);
    expect(table.rows[0].cells.map(String)).toEqual(['a', '3', 'Fine']);
    await http.delete(`${crds}/widgets.x.test`);
    expect((await http.call(WIDGETS)).status).toBe(404);
  });

  it('writes one object, a page and a watch as tables', async () => {
    for (const name of ['a', 'b']) {
      const metadata = { name, namespace: 'default' };
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
      sim.objects.create('configmaps', object);
    }
    const maps = '/api/v1/namespaces/default/configmaps';
    const one = await get(`${maps}/a`, TABLE);
    expect(one.rows).toHaveLength(1);
    const page = await get(`${maps}?limit=1`, TABLE);
    expect(page.metadata).toMatchObject({ remainingItemCount: 1 });
    expect(page.rows[0].object).toMatchObject({
      kind: 'PartialObjectMetadata',
      metadata: { name: 'a' },
    });
    const watched = await http.call(`${maps}?watch=1&timeoutSeconds=1`, {
      accept: TABLE,
    });
    const [line] = watched.text.split('\n');
    expect(JSON.parse(line)).toMatchObject({
      type: 'ADDED',
      object: { kind: 'Table', rows: [{ cells: ['a', 0, expect.anything()] }] },
    });
  });
});
