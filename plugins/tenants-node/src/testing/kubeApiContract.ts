// SPDX-License-Identifier: Apache-2.0
/* eslint-disable jest/no-export -- a suite that adapters run in their own test files */
import { isExpired, isNotFound, KubeError } from '../kube/KubeError';
import {
  failureOf,
  initialState,
  listen,
  project,
  refusesWatchList,
  say,
  take,
} from './contractEvents';
import { configMaps, unknownKind } from './contractKinds';
import type { KubeApiHarness } from './KubeApiHarness';
import { kubeWriteContract } from './kubeWriteContract';

/**
 * The rules that every KubeApi keeps, as a jest suite. `start` is called before each test.
 *
 * @public
 */
export function kubeApiContract(
  subject: string,
  start: () => Promise<KubeApiHarness>,
): void {
  kubeWriteContract(subject, start);
  describe(`${subject} keeps the KubeApi contract`, () => {
    let harness: KubeApiHarness;
    let stopping: AbortController;

    beforeEach(async () => {
      stopping = new AbortController();
      harness = await start();
    });
    afterEach(async () => {
      stopping.abort();
      await harness.stop();
    });

    const listPage = (limit: number, next?: string) =>
      harness.api.list(configMaps, {
        namespace: 'one',
        limit,
        continue: next,
        project,
        signal: stopping.signal,
      });
    const writeAll = async (...names: readonly string[]) => {
      for (const name of names)
        await harness.write('one', name, { value: '1' });
    };

    it('says the version of the server', async () => {
      expect(await harness.api.version(stopping.signal)).toMatch(/^v?\d+\./);
    });

    it('says whether the cluster allows somebody something', async () => {
      const review = (groups: readonly string[]) =>
        harness.api.reviewAccess({
          user: 'nobody-knows-this-one',
          groups,
          verb: 'list',
          group: '',
          resource: 'pods',
          namespace: 'one',
          signal: stopping.signal,
        });
      expect(await review([])).toBe(false);
      expect(await review(['system:masters'])).toBe(true);
    });

    it('lists every object once, page by page, as of one version', async () => {
      await writeAll('a', 'b', 'c');
      const first = await listPage(2);
      const second = await listPage(2, first.continue);
      const names = [...first.items, ...second.items].map(item => item.name);
      expect(names).toEqual(['a', 'b', 'c']);
      expect(second.continue).toBeUndefined();
      expect(second.resourceVersion).toBe(first.resourceVersion);
    });

    it('lists one namespace without the others', async () => {
      await writeAll('a');
      await harness.write('two', 'b', { value: '1' });
      const { items } = await listPage(10);
      expect(items.map(item => item.name)).toEqual(['a']);
    });

    it('leaves out an item that can’t be read and tells it', async () => {
      await writeAll('a', 'b');
      const told: Error[] = [];
      const { items } = await harness.api.list(configMaps, {
        namespace: 'one',
        limit: 10,
        project: json => {
          const seen = project(json);
          if (seen.name === 'a') throw new Error('refused');
          return seen;
        },
        onUnreadable: error => told.push(error),
        signal: stopping.signal,
      });
      expect(items.map(item => item.name)).toEqual(['b']);
      expect(told).toHaveLength(1);
    });

    it('fails with a KubeError when an item can’t be read and nobody is told', async () => {
      await writeAll('a');
      const error = await failureOf(
        harness.api.list(configMaps, {
          limit: 10,
          project: () => {
            throw new Error('refused');
          },
          signal: stopping.signal,
        }),
      );
      expect(error).toBeInstanceOf(KubeError);
    });

    const getOne = (name: string, namespace = 'one') =>
      harness.api.get(configMaps, {
        namespace,
        name,
        project,
        signal: stopping.signal,
      });

    it('gets one object by its name', async () => {
      await writeAll('a', 'b');
      expect(await getOne('b')).toMatchObject({ name: 'b', value: '1' });
    });

    it('gets the metadata of an object without what it holds', async () => {
      await harness.write('one', 'a', { value: 'held' });
      const text = await harness.api.get(configMaps, {
        namespace: 'one',
        name: 'a',
        metadataOnly: true,
        project: json => json.toString('utf8'),
        signal: stopping.signal,
      });
      expect(JSON.parse(text).metadata).toMatchObject({
        name: 'a',
        resourceVersion: expect.any(String),
      });
      expect(JSON.parse(text)).not.toHaveProperty('data');
      expect(text).not.toContain('held');
    });

    it('says that an object to get is not there', async () => {
      await writeAll('a');
      expect(isNotFound(await failureOf(getOne('b')))).toBe(true);
      expect(isNotFound(await failureOf(getOne('a', 'two')))).toBe(true);
    });

    it('fails with a KubeError when the object to get can’t be read', async () => {
      await writeAll('a');
      const error = await failureOf(
        harness.api.get(configMaps, {
          namespace: 'one',
          name: 'a',
          project: () => {
            throw new Error('refused');
          },
          signal: stopping.signal,
        }),
      );
      expect(error).toMatchObject({ reason: 'BadAnswer' });
    });

    it('refuses to get or watch a name that is none', async () => {
      for (const name of ['../a', 'a/b', 'A', 'a?b', 'a,b', '']) {
        const error = await failureOf(getOne(name));
        expect(error).toMatchObject({ reason: 'InvalidName' });
        const { signal } = stopping;
        const events = harness.api.watch(configMaps, listen(signal, { name }));
        expect(await failureOf(take(events, 1))).toMatchObject({
          reason: 'InvalidName',
        });
      }
    });

    it('watches one object without the others, beginning with what it is now', async () => {
      await writeAll('a', 'b');
      const events = harness.api.watch(
        configMaps,
        listen(stopping.signal, { name: 'b' }),
      );
      const [first] = await take(events, 1);
      expect(first && say(first)).toBe('ADDED b 1');
      const from = first && 'object' in first && first.object.resourceVersion;
      await harness.write('one', 'a', { value: '2' });
      await harness.write('one', 'b', { value: '2' });
      await harness.remove('one', 'b');
      const more = harness.api.watch(
        configMaps,
        listen(stopping.signal, { name: 'b', resourceVersion: from || '' }),
      );
      const said = (await take(more, 2)).map(say);
      expect(said).toEqual(['MODIFIED b 2', 'DELETED b 2']);
    });

    it('watches from a list’s version, in order, without a gap', async () => {
      await writeAll('a');
      const { resourceVersion } = await listPage(10);
      await harness.write('one', 'b', { value: '1' });
      const opened: string[] = [];
      const events = harness.api.watch(
        configMaps,
        listen(stopping.signal, {
          resourceVersion,
          onOpen: () => opened.push('open'),
        }),
      );
      const taking = take(events, 3);
      await harness.write('one', 'a', { value: '2' });
      await harness.remove('one', 'b');
      const said = (await taking).map(say);
      expect(said).toEqual(['ADDED b 1', 'MODIFIED a 2', 'DELETED b 1']);
      expect(opened).toEqual(['open']);
    });

    it('resumes a watch after the version of any event', async () => {
      const { resourceVersion } = await listPage(10);
      await writeAll('a', 'b', 'c');
      const watch = (from: string) =>
        harness.api.watch(
          configMaps,
          listen(stopping.signal, { resourceVersion: from }),
        );
      const [first] = await take(watch(resourceVersion), 1);
      const from = first && 'object' in first && first.object.resourceVersion;
      const rest = await take(watch(from || ''), 2);
      expect(rest.map(say)).toEqual(['ADDED b 1', 'ADDED c 1']);
    });

    it('sends the initial state in a watch, or refuses to', async () => {
      await writeAll('a', 'b');
      const events = harness.api.watch(
        configMaps,
        listen(stopping.signal, { sendInitialEvents: true }),
      );
      const said = await initialState(events).catch(error => {
        if (error instanceof KubeError && refusesWatchList(error)) return [];
        throw error;
      });
      expect([[], ['ADDED a 1', 'ADDED b 1', 'BOOKMARK']]).toContainEqual(said);
    });

    it('tells an event that can’t be read and goes on', async () => {
      const { resourceVersion } = await listPage(10);
      await writeAll('a', 'b');
      const told: Error[] = [];
      const events = harness.api.watch(
        configMaps,
        listen(stopping.signal, {
          resourceVersion,
          onUnreadable: error => told.push(error),
          project: json => {
            const seen = project(json);
            if (seen.name === 'a') throw new Error('refused');
            return seen;
          },
        }),
      );
      expect((await take(events, 1)).map(say)).toEqual(['ADDED b 1']);
      expect(told).toHaveLength(1);
    });

    it('ends a watch without an error when the signal aborts', async () => {
      const opened = new AbortController();
      const events = harness.api.watch(
        configMaps,
        listen(stopping.signal, {
          onOpen: () => {
            opened.abort();
            stopping.abort();
          },
        }),
      );
      expect(await take(events, 1)).toEqual([]);
      expect(opened.signal.aborted).toBe(true);
    });

    it('says that a version is too old to watch from', async () => {
      await writeAll('a');
      const { resourceVersion } = await listPage(10);
      await writeAll('b');
      await harness.expireHistory();
      const events = harness.api.watch(
        configMaps,
        listen(stopping.signal, { resourceVersion }),
      );
      expect(isExpired(await failureOf(take(events, 1)))).toBe(true);
    });

    it('says that a continue token is too old', async () => {
      await writeAll('a', 'b', 'c');
      const first = await listPage(1);
      await harness.expireHistory();
      expect(isExpired(await failureOf(listPage(1, first.continue)))).toBe(
        true,
      );
    });

    it('refuses a namespace that is no name', async () => {
      for (const namespace of ['../two', 'one/pods', 'One', 'a?b', '']) {
        const error = await failureOf(
          harness.api.list(configMaps, {
            namespace,
            limit: 1,
            project,
            signal: stopping.signal,
          }),
        );
        expect(error).toMatchObject({ reason: 'InvalidName' });
      }
    });

    it('fails with a KubeError once the signal has aborted', async () => {
      stopping.abort();
      expect(await failureOf(listPage(1))).toMatchObject({ reason: 'Aborted' });
    });

    it('says that a kind is not served', async () => {
      const error = await failureOf(
        harness.api.list(unknownKind, {
          limit: 1,
          project,
          signal: stopping.signal,
        }),
      );
      expect(isNotFound(error)).toBe(true);
    });

    it('reads the log of a container', async () => {
      const { log } = harness;
      if (!log) return;
      const parts: Buffer[] = [];
      const { signal } = stopping;
      const options = { ...log, follow: false, previous: false, signal };
      for await (const part of harness.api.readLog(options)) parts.push(part);
      expect(Buffer.concat(parts).toString('utf8')).toContain(log.text);
    });
  });
}
