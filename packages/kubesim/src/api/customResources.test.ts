// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const WIDGETS = '/apis/x.test/v1/namespaces/default/widgets';
const MERGE = 'merge-patch+json';
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

const SCHEMA = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 9 },
        copies: { type: 'integer', default: 2 },
        colour: { type: 'string', enum: ['red', 'blue'] },
        name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        tags: {
          type: 'array',
          'x-kubernetes-list-type': 'set',
          items: { type: 'string' },
        },
        port: { 'x-kubernetes-int-or-string': true },
        free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        since: { type: 'string', format: 'date-time' },
      },
    },
    status: { type: 'object', properties: { copies: { type: 'integer' } } },
  },
};

function definition() {
  const columns = [
    { name: 'Copies', type: 'integer', jsonPath: '.spec.copies' },
    { name: 'Colour', type: 'string', jsonPath: '.spec.colour' },
  ];
  const scale = {
    specReplicasPath: '.spec.copies',
    statusReplicasPath: '.status.copies',
  };
  const schema = { openAPIV3Schema: SCHEMA };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.x.test' },
    spec: {
      group: 'x.test',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {}, scale },
          additionalPrinterColumns: columns,
          schema,
        },
        { name: 'v2', served: true, storage: false, schema },
        { name: 'v0', served: false, storage: false, schema },
      ],
    },
  };
}

function widget(spec?: object, more: object = {}) {
  const metadata = { name: 'w', ...more };
  return { apiVersion: 'x.test/v1', kind: 'Widget', metadata, spec };
}

describe('custom resources', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    await http.post(CRDS, definition());
  });
  afterEach(() => sim.stop());

  it('says that the definition is established', async () => {
    const { status, spec } = (await http.call(`${CRDS}/widgets.x.test`)).body;
    expect(spec.names).toMatchObject({ listKind: 'WidgetList' });
    expect(status.conditions).toMatchObject([
      { type: 'NamesAccepted', status: 'True' },
      { type: 'Established', status: 'True' },
    ]);
  });

  it('drops what the schema does not name, and fills in its defaults', async () => {
    const spec = { size: 1, unknown: 1, free: { a: { b: 1 } }, port: 'http' };
    expect((await http.post(WIDGETS, widget(spec))).body.spec).toEqual({
      size: 1,
      copies: 2,
      free: { a: { b: 1 } },
      port: 'http',
    });
  });

  it.each([
    [undefined, 'spec: Required value'],
    [{}, 'spec.size: Required value'],
    [
      { size: 'x' },
      'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
    ],
    [
      { size: 0 },
      'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    ],
    [
      { size: 1, colour: 'pink' },
      'spec.colour: Unsupported value: "pink": supported values: "red", "blue"',
    ],
    [
      { size: 1, name: 'A' },
      'spec.name: Invalid value: "A": spec.name in body should match \'^[a-z]+$\'',
    ],
    [
      { size: 1, name: 'abcdef' },
      'spec.name: Too long: may not be more than 5 bytes',
    ],
    [{ size: 1, tags: ['a', 'a'] }, 'spec.tags[1]: Duplicate value: "a"'],
    [
      { size: 1, since: 'noon' },
      'spec.since: Invalid value: "noon": spec.since in body must be of type date-time: "noon"',
    ],
  ])('refuses the spec %p', async (spec, why) => {
    expect((await http.post(WIDGETS, widget(spec))).body).toMatchObject({
      code: 422,
      reason: 'Invalid',
      message: `Widget.x.test "w" is invalid: ${why}`,
    });
  });

  it('changes status and scale through their own paths', async () => {
    await http.post(WIDGETS, widget({ size: 1 }));
    const both = { spec: { size: 9 }, status: { copies: 1 } };
    await http.patch(`${WIDGETS}/w/status`, MERGE, both);
    await http.patch(`${WIDGETS}/w/scale`, MERGE, { spec: { replicas: 5 } });
    expect((await http.call(`${WIDGETS}/w`)).body).toMatchObject({
      spec: { size: 1, copies: 5 },
      status: { copies: 1 },
    });
    expect((await http.call(`${WIDGETS}/w/scale`)).body).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 5 },
      status: { replicas: 1 },
    });
    expect((await http.call(`${WIDGETS}/w/other`)).status).toBe(404);
  });

  it('wants a version for a whole update', async () => {
    await http.post(WIDGETS, widget({ size: 1 }));
    const put = { method: 'PUT', body: widget({ size: 2 }) };
    expect((await http.call(`${WIDGETS}/w`, put)).body.message).toBe(
      'widgets.x.test "w" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
    );
  });

  it('serves the same object in every served version', async () => {
    const v2 = WIDGETS.replace('v1', 'v2');
    const sent = { ...widget({ size: 3 }), apiVersion: 'x.test/v2' };
    expect((await http.post(v2, sent)).body.apiVersion).toBe('x.test/v2');
    expect((await http.call(WIDGETS)).body.items).toMatchObject([
      { apiVersion: 'x.test/v1', spec: { size: 3 } },
    ]);
    const changed = await http.patch(`${v2}/w`, MERGE, { spec: { size: 4 } });
    expect(changed.body).toMatchObject({
      apiVersion: 'x.test/v2',
      spec: { size: 4 },
    });
    expect((await http.call(WIDGETS.replace('v1', 'v0'))).status).toBe(404);
  });

  it('shows the columns of the definition, numbers as numbers', async () => {
    await http.post(WIDGETS, widget({ size: 1 }));
    const { body } = await http.call(WIDGETS, { accept: TABLE });
    expect(body.columnDefinitions[1]).toMatchObject({ type: 'integer' });
    expect(body.rows[0].cells).toEqual(['w', 2, null]);
  });

  it('keeps the definition until the last object is gone, then ends its watches', async () => {
    const version = (await http.call(WIDGETS)).body.metadata.resourceVersion;
    await http.post(WIDGETS, widget({ size: 1 }, { finalizers: ['x.test/a'] }));
    const lines = http.lines(`${WIDGETS}?watch=1&resourceVersion=${version}`);
    expect((await lines.next()).value).toContain('"type":"ADDED"');
    const deleted = await http.delete(`${CRDS}/widgets.x.test`);
    expect(deleted.body.metadata.deletionTimestamp).toBeDefined();
    expect((await http.post(WIDGETS, widget({ size: 1 }))).status).toBe(405);
    await http.patch(`${WIDGETS}/w`, MERGE, { metadata: { finalizers: null } });
    expect((await http.call(`${CRDS}/widgets.x.test`)).status).toBe(404);
    expect((await http.call(WIDGETS)).status).toBe(404);
    const types: string[] = [];
    for await (const line of lines) types.push(JSON.parse(line).type);
    expect(types).toEqual(['MODIFIED', 'DELETED']);
  });
});
