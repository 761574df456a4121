// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractArea, ContractCase } from '../ContractCase';
import { at, isJsonObject, itemsOf, type Json } from '../Json';
import { withoutOwn } from './withoutOwn';
import { configMap, pod } from './objects';

/** What a server of this version sent, in parts. */
const RECORDING = 'v1.32.13';

type RecordedObject = {
  readonly resource: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** All but the metadata and the status. */
  readonly fields: { readonly [key: string]: Json };
};

function recorded(): {
  readonly expiredWatch: Json;
  readonly initialEventsEnd: Json;
  readonly bookmark: Json;
  readonly page: Json;
  readonly pageItemKeys: Json;
  readonly objects: readonly RecordedObject[];
} {
  const file = join(__dirname, '..', '..', 'recorded', `${RECORDING}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The keys of an object and of what is in it, without values. */
function shapeOf(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (!isJsonObject(value)) return typeof value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map(key => [key, shapeOf(value[key])]));
}

/** A status whose message says versions without their numbers. */
function plain(status: Json | undefined): Json {
  const message = String(at(status, 'message')).replace(/\d+/g, 'N');
  return isJsonObject(status) ? { ...status, message } : 'none';
}

function withoutVersion(object: Json | undefined): Json {
  return JSON.parse(
    JSON.stringify(object ?? 'none').replace(
      /"resourceVersion":"\d+"/,
      '"resourceVersion":"N"',
    ),
  );
}

/** A server that gets what another one stored has nothing to add and nothing to drop. */
function keeps(object: RecordedObject): ContractCase {
  const { resource, apiVersion, kind, labels, fields } = object;
  return {
    name: `a ${kind} as a server of 1.32 stores it is stored as it is`,
    since: '1.32',
    recording: RECORDING,
    async run(api) {
      const sent = withoutOwn(kind, fields, api.ns);
      const { status, body } = await api.post(api.in(resource), {
        apiVersion,
        kind,
        metadata: { name: 'recorded', labels },
        ...sent,
      });
      api.expect('status', status, 201);
      const names = Object.keys(fields);
      const stored = names.map(name => [name, at(body, name) ?? 'none']);
      api.expect(
        'stored fields',
        withoutOwn(kind, Object.fromEntries(stored), api.ns),
        sent,
      );
    },
  };
}

export const recordings: ContractArea = {
  area: 'recordings',
  cases: [
    {
      name: 'a watch from a forgotten version ends with 410 in the stream',
      since: '1.32',
      recording: RECORDING,
      async run(api) {
        const { expiredWatch } = recorded();
        const watch = await api.watch(
          `${api.path('configmaps')}?watch=1&resourceVersion=1`,
        );
        const [event] = await watch.take(1);
        api.expect('type', event?.type, 'ERROR');
        if (!event) return;
        api.expect(
          'status',
          plain(event.object),
          plain(at(expiredWatch, 'object')),
        );
      },
    },
    {
      name: 'a watch that asks for initial events marks their end',
      since: '1.32',
      recording: RECORDING,
      async run(api) {
        await api.post(api.in('pods'), pod('one'), { quiet: true });
        const watch = await api.watch(
          `${api.in(
            'pods',
          )}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
        );
        const [first, mark] = await watch.take(2);
        api.expect('first', first.type, 'ADDED');
        api.expect('then', mark.type, 'BOOKMARK');
        const { initialEventsEnd } = recorded();
        api.expect(
          'object',
          withoutVersion(mark.object),
          withoutVersion(at(initialEventsEnd, 'object')),
        );
      },
    },
    {
      name: 'a bookmark holds a kind, a version and no more',
      since: '1.32',
      recording: RECORDING,
      async run(api) {
        const { body } = await api.get(api.in('pods'), { quiet: true });
        const since = at(body, 'metadata', 'resourceVersion');
        const watch = await api.watch(
          `${api.in(
            'pods',
          )}?watch=1&resourceVersion=${since}&timeoutSeconds=3&allowWatchBookmarks=true`,
        );
        const [event] = await watch.take(1);
        const { bookmark } = recorded();
        api.expect('type', event.type, 'BOOKMARK');
        api.expect(
          'object',
          withoutVersion(event.object),
          withoutVersion(at(bookmark, 'object')),
        );
      },
    },
    {
      name: 'a page of a list has the shape of a recorded one',
      since: '1.32',
      recording: RECORDING,
      async run(api) {
        for (const name of ['a', 'b', 'c'])
          await api.post(api.in('configmaps'), configMap(name), {
            quiet: true,
          });
        const { body } = await api.get(`${api.in('configmaps')}?limit=1`, {
          quiet: true,
        });
        const { page } = recorded();
        api.expect(
          'metadata',
          shapeOf(at(body, 'metadata')),
          shapeOf(at(page, 'metadata')),
        );
        api.expect(
          'kind of an item',
          at(itemsOf(body)[0], 'kind') ?? 'none',
          'none',
        );
      },
    },
    ...recorded().objects.map(keeps),
  ],
};
