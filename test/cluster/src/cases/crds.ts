// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, isJsonObject, type Json } from '../Json';
import type { Session } from '../Session';

const CRDS = 'apiextensions.k8s.io/v1/customresourcedefinitions';
const SCHEMA = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 9 },
        colour: { type: 'string', enum: ['red', 'blue'], default: 'red' },
        name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        parts: {
          type: 'array',
          maxItems: 3,
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              weight: { type: 'integer' },
            },
            required: ['id'],
          },
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['id'],
        },
        free: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
        },
        port: { 'x-kubernetes-int-or-string': true },
      },
    },
    status: {
      type: 'object',
      properties: { ready: { type: 'integer' }, replicas: { type: 'integer' } },
    },
  },
};

/** Each case has a group of its own; its widgets go with it. */
function groupOf(api: Session): string {
  return `${api.ns}.example.com`;
}

function definition(api: Session, version: object = {}) {
  const group = groupOf(api);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        plural: 'widgets',
        singular: 'widget',
        kind: 'Widget',
        shortNames: ['wi'],
        categories: ['all'],
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: SCHEMA },
          ...version,
        },
      ],
    },
  };
}

async function defined(api: Session, version: object = {}): Promise<string> {
  const body = definition(api, version);
  await api.create(api.path(CRDS), body, { quiet: true });
  await api.settle(
    api.path(CRDS, body.metadata.name),
    established,
    { quiet: true },
  );
  const path = api.in(`${groupOf(api)}/v1/widgets`);
  // A server needs a moment from Established to serving.
  for (let turn = 0; turn < 200; turn += 1) {
    const { status } = await api.get(path, { quiet: true });
    if (status === 200) break;
  }
  return path;
}

function established(object: Json | undefined): boolean {
  const conditions = at(object, 'status', 'conditions');
  return (
    Array.isArray(conditions) &&
    conditions.some(
      condition =>
        at(condition, 'type') === 'Established' &&
        at(condition, 'status') === 'True',
    )
  );
}

function widget(api: Session, name: string, spec: object, more: object = {}) {
  return {
    apiVersion: `${groupOf(api)}/v1`,
    kind: 'Widget',
    metadata: { name },
    spec,
    ...more,
  };
}

export const crds: ContractArea = {
  area: 'crds',
  cases: [
    {
      name: 'a definition is established, and its kind is served and discovered',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        const { name } = definition(api).metadata;
        await api.get(api.path(CRDS, name), {
          view: body => ({
            conditions: conditionsOf(body),
            names: at(body, 'status', 'acceptedNames'),
            stored: at(body, 'status', 'storedVersions'),
            conversion: at(body, 'spec', 'conversion'),
            finalizers: at(body, 'metadata', 'finalizers') ?? 'none',
          }),
        });
        await api.get(`/apis/${groupOf(api)}`);
        await api.get(`/apis/${groupOf(api)}/v1`, {
          view: body => {
            const [first] = list(at(body, 'resources'));
            if (!isJsonObject(first)) return 'none';
            const { storageVersionHash: _, ...rest } = first;
            return rest;
          },
        });
        await api.get(path);
      },
    },
    {
      name: 'custom objects are made, changed by merge patch, and deleted',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        await api.post(path, widget(api, 'w', { size: 1 }));
        await api.patch(`${path}/w`, { spec: { size: 2 } });
        await api.patch(
          `${path}/w`,
          { spec: { size: 3 } },
          { type: 'strategic-merge-patch+json' },
        );
        await api.patch(
          `${path}/w`,
          [{ op: 'replace', path: '/spec/size', value: 4 }],
          { type: 'json-patch+json', view: body => at(body, 'spec') },
        );
        await api.put(`${path}/w`, widget(api, 'w', { size: 5 }));
        await api.delete(`${path}/w`);
      },
      meant: [
        {
          at: '3 PATCH *message',
          because: 'newer servers take one more type (CBOR) and say so',
        },
      ],
    },
    {
      name: 'what the schema does not name is pruned, and defaults are filled in',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        await api.post(
          path,
          widget(api, 'w', {
            size: 1,
            odd: true,
            free: { any: { thing: 1 } },
            parts: [{ id: 'a', odd: 1 }],
            port: 'http',
          }, { odd: 1 }),
          { view: body => body },
        );
        await api.post(
          path,
          widget(api, 'x', { size: 1, colour: null }),
          { view: body => at(body, 'spec') ?? 'none' },
        );
      },
    },
    {
      name: 'what breaks the schema is invalid, all at once',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        await api.post(path, widget(api, 'w', {}));
        await api.post(path, widget(api, 'w', { size: 'big' }));
        await api.post(path, widget(api, 'w', { size: 10 }));
        await api.post(path, widget(api, 'w', { size: 1, colour: 'green' }));
        await api.post(path, widget(api, 'w', { size: 1, name: 'UPPER' }));
        await api.post(path, widget(api, 'w', { size: 1, parts: [{}] }));
        await api.post(
          path,
          widget(api, 'w', { size: 1, parts: [{ id: 'a' }, { id: 'a' }] }),
        );
        await api.post(path, widget(api, 'w', { size: 1, port: true }));
        await api.post(path, { ...widget(api, 'w', {}), spec: 'x' });
        await api.post(path, widget(api, 'w', { size: 1 }), { quiet: true });
        await api.patch(`${path}/w`, { spec: { size: 100 } });
      },
    },
    {
      name: 'a status that is a subresource is written apart',
      since: '1.18',
      async run(api) {
        const path = await defined(api, { subresources: { status: {} } });
        await api.post(
          path,
          widget(api, 'w', { size: 1 }, { status: { ready: 1 } }),
          { view: body => at(body, 'status') ?? 'none' },
        );
        await api.patch(
          `${path}/w`,
          { status: { ready: 2 } },
          { view: body => at(body, 'status') ?? 'none' },
        );
        const view = (body: Json) => ({
          spec: at(body, 'spec'),
          status: at(body, 'status'),
          generation: at(body, 'metadata', 'generation'),
        });
        await api.patch(
          `${path}/w/status`,
          { status: { ready: 3 }, spec: { size: 9 } },
          { view },
        );
        await api.patch(`${path}/w`, { spec: { size: 2 } }, { view });
      },
    },
    {
      name: 'a scale of a custom kind is where its definition says',
      since: '1.18',
      async run(api) {
        const path = await defined(api, {
          subresources: {
            status: {},
            scale: {
              specReplicasPath: '.spec.size',
              statusReplicasPath: '.status.replicas',
            },
          },
        });
        await api.post(path, widget(api, 'w', { size: 2 }), { quiet: true });
        await api.get(`${path}/w/scale`);
        await api.patch(
          `${path}/w/scale`,
          { spec: { replicas: 4 } },
          { view: body => at(body, 'spec') },
        );
        await api.get(`${path}/w`, { view: body => at(body, 'spec', 'size') });
      },
    },
    {
      name: 'subresources that a definition does not have are not found',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        await api.post(path, widget(api, 'w', { size: 2 }), { quiet: true });
        await api.get(`${path}/w/status`);
        await api.get(`${path}/w/scale`);
      },
    },
    {
      name: 'custom objects are applied with the lists of their schema',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        const parts = (...items: readonly object[]) =>
          widget(api, 'w', { size: 1, parts: items });
        await api.apply(`${path}/w`, parts({ id: 'a', weight: 1 }));
        await api.apply(`${path}/w`, parts({ id: 'b', weight: 1 }), {
          manager: 'bob',
        });
        await api.apply(`${path}/w`, parts({ id: 'a', weight: 2 }), {
          manager: 'bob',
        });
        await api.apply(`${path}/w`, parts());
      },
    },
    {
      name: 'columns of a definition are columns of its table',
      since: '1.18',
      async run(api) {
        const path = await defined(api, {
          additionalPrinterColumns: [
            { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
            {
              name: 'Colour',
              type: 'string',
              jsonPath: '.spec.colour',
              priority: 1,
            },
          ],
        });
        await api.post(path, widget(api, 'w', { size: 2 }), { quiet: true });
        await api.get(path, {
          accept: 'application/json;as=Table;g=meta.k8s.io;v=v1',
          view: body => ({
            columns: list(at(body, 'columnDefinitions')).map(column => [
              at(column, 'name') ?? '',
              at(column, 'type') ?? '',
              at(column, 'priority') ?? '',
            ]),
            cells: at(body, 'rows', 0, 'cells'),
          }),
        });
      },
    },
    {
      name: 'a definition that is deleted takes its objects along',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        await api.post(
          path,
          {
            ...widget(api, 'w', { size: 2 }),
            metadata: { name: 'w', finalizers: ['example.com/hold'] },
          },
          { quiet: true },
        );
        const crd = api.path(CRDS, definition(api).metadata.name);
        await api.delete(crd, undefined, {
          view: body => at(body, 'metadata', 'finalizers') ?? 'none',
        });
        await api.settle(
          `${path}/w`,
          object => at(object, 'metadata', 'deletionTimestamp') !== undefined,
          { view: object => at(object, 'metadata', 'finalizers') },
        );
        await api.post(path, widget(api, 'x', { size: 2 }));
        await api.patch(
          `${path}/w`,
          { metadata: { finalizers: null } },
          { quiet: true },
        );
        await api.settle(crd, object => object === undefined);
      },
    },
    {
      name: 'a definition that is wrong is invalid',
      since: '1.18',
      async run(api) {
        const body = definition(api);
        const path = api.path(CRDS);
        await api.post(path, { ...body, metadata: { name: 'other.name' } });
        await api.post(path, {
          ...body,
          spec: { ...body.spec, scope: 'Odd' },
        });
        await api.post(path, {
          ...body,
          spec: {
            ...body.spec,
            versions: [{ name: 'v1', served: true, storage: true }],
          },
        });
        await api.post(path, {
          ...body,
          spec: {
            ...body.spec,
            versions: [{ ...body.spec.versions[0], storage: false }],
          },
        });
      },
    },
  ],
};

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function conditionsOf(body: Json): Json {
  return list(at(body, 'status', 'conditions')).map(condition => [
    at(condition, 'type') ?? '',
    at(condition, 'status') ?? '',
    at(condition, 'reason') ?? '',
  ]);
}
