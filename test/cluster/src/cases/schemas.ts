// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import { CRDS, definition, defined, widget, list } from './widgets';

export const schemas: ContractArea = {
  area: 'schemas',
  cases: [
    {
      name: 'what the schema does not name is pruned, and defaults are filled in',
      since: '1.18',
      async run(api) {
        const path = await defined(api);
        await api.post(
          path,
          widget(
            api,
            'w',
            {
              size: 1,
              odd: true,
              free: { any: { thing: 1 } },
              parts: [{ id: 'a', odd: 1 }],
              port: 'http',
            },
            { odd: 1 },
          ),
          { view: body => body },
        );
        await api.post(path, widget(api, 'x', { size: 1, colour: null }), {
          view: body => at(body, 'spec') ?? 'none',
        });
      },
      meant: [
        {
          at: '1 POST *managedFields*',
          because: '1.20 deduced the schema of custom kinds',
        },
      ],
    },
    {
      name: 'what breaks the schema is invalid, all at once',
      since: '1.18',
      meant: [
        { at: 'causes[0].reason', because: 'FieldValueTypeInvalid is newer' },
        {
          at: '6 POST *: body.*',
          because: 'newer servers tell the index of the item',
        },
      ],
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
      // 1.20 deduced the schema of custom kinds: their lists were atomic.
      name: 'custom objects are applied with the lists of their schema',
      since: '1.22',
      async run(api) {
        const path = await defined(api);
        const parts = (...items: readonly object[]) =>
          widget(api, 'w', { size: 1, parts: items });
        const by = (manager: string, ...items: readonly object[]) =>
          api.apply(`${path}/w`, parts(...items), { manager });
        const idsOf = (body: Json) =>
          list(at(body, 'spec', 'parts')).map(part => at(part, 'id') ?? '');
        await by('alice', { id: 'a', weight: 1 });
        const added = await by('bob', { id: 'b', weight: 1 });
        api.expect('both', idsOf(added.body), ['a', 'b']);
        const conflict = await by('bob', { id: 'a', weight: 2 });
        api.expect('status', conflict.status, 409);
        api.expect(
          'field',
          at(conflict.body, 'details', 'causes', 0, 'field'),
          '.spec.parts[id="a"].weight',
        );
        const removed = await by('alice');
        api.expect('bob’s stays', idsOf(removed.body), ['b']);
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
