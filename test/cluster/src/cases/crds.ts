// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, isJsonObject, type Json } from '../Json';
import {
  CRDS,
  groupOf,
  definition,
  defined,
  widget,
  list,
  conditionsOf,
} from './widgets';

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
  ],
};
