// SPDX-License-Identifier: Apache-2.0
/* eslint-disable jest/no-export -- a suite that adapters run in their own test files */
import type { KubeApi, KubeManifest } from '../kube/KubeApi';
import {
  isAlreadyExists,
  isConflict,
  isNotFound,
  KubeError,
} from '../kube/KubeError';
import { configMaps, unknownKind } from './contractKinds';
import type { KubeApiHarness } from './KubeApiHarness';

type Stored = {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly data?: Readonly<Record<string, string>>;
};

const project = (json: Buffer): Stored => JSON.parse(json.toString('utf8'));

function manifestOf(
  name: string,
  data: Readonly<Record<string, string>>,
  metadata: Readonly<Record<string, unknown>> = {},
): KubeManifest {
  const kind = { apiVersion: 'v1', kind: 'ConfigMap' };
  return { ...kind, metadata: { name, namespace: 'one', ...metadata }, data };
}

async function failureOf(promise: Promise<unknown>): Promise<KubeError> {
  const error = await promise.then(
    () => undefined,
    thrown => thrown,
  );
  if (error instanceof KubeError) return error;
  throw new Error(`This is no KubeError: ${String(error)}`);
}

/** The four writes on ConfigMaps of the namespace `one`, with the least to say. */
class Writer {
  constructor(
    private readonly api: KubeApi,
    private readonly signal: AbortSignal,
  ) {}

  apply(
    manifest: KubeManifest,
    more: { force?: boolean; dryRun?: boolean; manager?: string } = {},
  ): Promise<Stored> {
    const { force = false, dryRun, manager = 'ours' } = more;
    const write = { ...this.target(manifest), manifest, fieldManager: manager };
    return this.api.apply(configMaps, { ...write, force, dryRun });
  }

  create(manifest: KubeManifest): Promise<Stored> {
    const write = { ...this.target(manifest), manifest };
    return this.api.create(configMaps, { ...write, fieldManager: 'ours' });
  }

  patch(
    name: string,
    patch: Readonly<Record<string, unknown>>,
    manager = 'theirs',
  ): Promise<Stored> {
    const target = { namespace: 'one', name, project, signal: this.signal };
    const write = { ...target, patch, fieldManager: manager };
    return this.api.mergePatch(configMaps, write);
  }

  delete(
    name: string,
    preconditions?: { uid?: string; resourceVersion?: string },
    dryRun?: boolean,
  ): Promise<void> {
    return this.api.delete(configMaps, {
      namespace: 'one',
      name,
      preconditions,
      propagation: 'Background',
      dryRun,
      signal: this.signal,
    });
  }

  get(name: string): Promise<Stored> {
    const { signal } = this;
    return this.api.get(configMaps, {
      namespace: 'one',
      name,
      project,
      signal,
    });
  }

  async list(labels: Readonly<Record<string, string>>) {
    const { signal } = this;
    const options = { namespace: 'one', limit: 1, labels, project, signal };
    const names: string[] = [];
    let next: string | undefined;
    do {
      const page = await this.api.list(configMaps, {
        ...options,
        continue: next,
      });
      names.push(...page.items.map(item => item.metadata.name));
      next = page.continue;
    } while (next);
    return names;
  }

  private target({ metadata }: KubeManifest) {
    const { name, namespace } = metadata;
    return { name, namespace, project, signal: this.signal };
  }
}

/** The rules of writing that every KubeApi keeps, as a jest suite. Part of `kubeApiContract`. */
export function kubeWriteContract(
  subject: string,
  start: () => Promise<KubeApiHarness>,
): void {
  describe(`${subject} keeps the KubeApi contract of writes`, () => {
    let harness: KubeApiHarness;
    let stopping: AbortController;
    let write: Writer;

    beforeEach(async () => {
      stopping = new AbortController();
      harness = await start();
      write = new Writer(harness.api, stopping.signal);
    });
    afterEach(async () => {
      stopping.abort();
      await harness.stop();
    });

    describe('applying', () => {
      it('creates what is not there and answers with it', async () => {
        const made = await write.apply(manifestOf('a', { x: '1' }));
        expect(made.data).toEqual({ x: '1' });
        expect(made.metadata.uid).not.toBe('');
        expect((await write.get('a')).data).toEqual({ x: '1' });
      });

      it('changes nothing the second time', async () => {
        const first = await write.apply(manifestOf('a', { x: '1' }));
        const second = await write.apply(manifestOf('a', { x: '1' }));
        expect(second.metadata.resourceVersion).toBe(
          first.metadata.resourceVersion,
        );
      });

      it('takes away what it no longer says, and leaves what others set', async () => {
        await write.apply(manifestOf('a', { x: '1', y: '1' }));
        await write.patch('a', { data: { z: '1' } });
        const left = await write.apply(manifestOf('a', { x: '2' }));
        expect(left.data).toEqual({ x: '2', z: '1' });
      });

      it('is refused a field that another manager has set otherwise, who is named', async () => {
        await write.apply(manifestOf('a', { x: '1' }));
        await write.patch('a', { data: { x: 'theirs' } });
        const refused = write.apply(manifestOf('a', { x: '1' }));
        const error = await failureOf(refused);
        expect(isConflict(error)).toBe(true);
        expect(error.causes).toEqual([
          {
            reason: 'FieldManagerConflict',
            field: '.data.x',
            manager: 'theirs',
          },
        ]);
        expect((await write.get('a')).data).toEqual({ x: 'theirs' });
      });

      it('takes a field over by force', async () => {
        await write.apply(manifestOf('a', { x: '1' }));
        await write.patch('a', { data: { x: 'theirs' } });
        const manifest = manifestOf('a', { x: '1' });
        const forced = await write.apply(manifest, { force: true });
        expect(forced.data).toEqual({ x: '1' });
        await write.apply(manifestOf('a', { x: '2' }));
      });

      it('is refused when the object is not at the version it names', async () => {
        const first = await write.apply(manifestOf('a', { x: '1' }));
        await write.patch('a', { data: { z: '1' } });
        const { resourceVersion } = first.metadata;
        const late = manifestOf('a', { x: '2' }, { resourceVersion });
        const error = await failureOf(write.apply(late));
        expect(isConflict(error)).toBe(true);
        expect(error.causes ?? []).toEqual([]);
      });

      it('changes nothing in a dry run', async () => {
        const shown = await write.apply(manifestOf('a', { x: '1' }), {
          dryRun: true,
        });
        expect(shown.data).toEqual({ x: '1' });
        expect(isNotFound(await failureOf(write.get('a')))).toBe(true);
      });
    });

    describe('creating', () => {
      it('is refused when there is one of that name', async () => {
        const made = await write.create(manifestOf('a', { x: '1' }));
        expect(made.data).toEqual({ x: '1' });
        const again = write.create(manifestOf('a', { x: '2' }));
        expect(isAlreadyExists(await failureOf(again))).toBe(true);
        expect((await write.get('a')).data).toEqual({ x: '1' });
      });
    });

    describe('patching', () => {
      beforeEach(() => write.create(manifestOf('a', { x: '1', y: '1' })));

      it('changes and removes what the patch names', async () => {
        const left = await write.patch('a', { data: { x: '2', y: null } });
        expect(left.data).toEqual({ x: '2' });
      });

      it('is refused when the object is not at the version it names', async () => {
        const { resourceVersion } = (await write.get('a')).metadata;
        await write.patch('a', { data: { z: '1' } });
        const metadata = { resourceVersion };
        const late = write.patch('a', { metadata, data: { x: '3' } });
        expect(isConflict(await failureOf(late))).toBe(true);
      });

      it('says that the object is not there', async () => {
        const error = await failureOf(write.patch('b', { data: {} }));
        expect(isNotFound(error)).toBe(true);
      });
    });

    describe('deleting', () => {
      it('removes the object that is meant', async () => {
        const { metadata } = await write.create(manifestOf('a', {}));
        const { uid, resourceVersion } = metadata;
        await write.delete('a', { uid, resourceVersion });
        expect(isNotFound(await failureOf(write.get('a')))).toBe(true);
      });

      it('is refused when it is another one, or has changed', async () => {
        const { metadata } = await write.create(manifestOf('a', {}));
        const { uid, resourceVersion } = metadata;
        const other = write.delete('a', { uid: `${uid}0` });
        expect(isConflict(await failureOf(other))).toBe(true);
        await write.patch('a', { data: { x: '1' } });
        const changed = write.delete('a', { uid, resourceVersion });
        expect(isConflict(await failureOf(changed))).toBe(true);
        expect((await write.get('a')).data).toEqual({ x: '1' });
      });

      it('says that the object is not there', async () => {
        expect(isNotFound(await failureOf(write.delete('a')))).toBe(true);
      });

      it('keeps an object until its finalizers are done', async () => {
        const finalizers = ['example.com/hold'];
        await write.create(manifestOf('a', {}, { finalizers }));
        await write.delete('a');
        const held = await write.get('a');
        expect(held.metadata).toHaveProperty('deletionTimestamp');
      });

      it('changes nothing in a dry run', async () => {
        await write.create(manifestOf('a', { x: '1' }));
        await write.delete('a', undefined, true);
        expect((await write.get('a')).data).toEqual({ x: '1' });
      });
    });

    it('lists only what has each of the labels, page by page', async () => {
      const labels = (team: string, tier: string) => ({
        labels: { 'example.com/team': team, tier },
      });
      await write.create(manifestOf('a', {}, labels('red', 'x')));
      await write.create(manifestOf('b', {}, labels('blue', 'x')));
      await write.create(manifestOf('c', {}, labels('red', 'y')));
      await write.create(manifestOf('d', {}, labels('red', 'x')));
      const team = { 'example.com/team': 'red' };
      expect(await write.list(team)).toEqual(['a', 'c', 'd']);
      expect(await write.list({ ...team, tier: 'x' })).toEqual(['a', 'd']);
    });

    it('refuses a name that is none', async () => {
      for (const name of ['../a', 'a/b', 'A', 'a?b', '']) {
        const calls = [
          write.apply(manifestOf(name, {})),
          write.create(manifestOf(name, {})),
          write.patch(name, {}),
          write.delete(name),
        ];
        const failures = await Promise.all(calls.map(failureOf));
        expect(failures.map(error => error.reason)).toEqual(
          Array(4).fill('InvalidName'),
        );
      }
    });

    it('says that a kind is not served', async () => {
      const { api } = harness;
      const { signal } = stopping;
      const target = { namespace: 'one', name: 'a', signal };
      const deleting = api.delete(unknownKind, {
        ...target,
        propagation: 'Background',
      });
      expect(isNotFound(await failureOf(deleting))).toBe(true);
    });

    it('fails with a KubeError once the signal has aborted', async () => {
      stopping.abort();
      const error = await failureOf(write.apply(manifestOf('a', { x: '1' })));
      expect(error.reason).toBe('Aborted');
    });
  });
}
