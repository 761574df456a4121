// SPDX-License-Identifier: Apache-2.0
import { NotModifiedError } from '@backstage/errors';
import { UrlSource } from './UrlSource';

const { signal } = new AbortController();
const ROOT = 'https://git.example.com/team/platform/blob/main';

/** A reader of files by address, which knows when an etag is the present one. */
function readerOf(files: Record<string, string>) {
  const asked: string[] = [];
  const etagOf = (text: string) => `tag-${text.length}-${text}`;
  return {
    asked,
    files,
    async readUrl(url: string, options?: { etag?: string }) {
      asked.push(url);
      const text = files[url];
      if (text === undefined) throw new Error('404');
      if (options?.etag === etagOf(text)) throw new NotModifiedError();
      return { etag: etagOf(text), buffer: async () => Buffer.from(text) };
    },
    async readTree(
      url: string,
      options?: { etag?: string; filter?: (path: string) => boolean },
    ) {
      asked.push(url);
      const found = Object.entries(files)
        .filter(([address]) => address.startsWith(`${url}/`))
        .map(([address, text]) => ({
          path: address.slice(url.length + 1),
          content: async () => Buffer.from(text),
        }))
        .filter(({ path }) => options?.filter?.(path) ?? true);
      const etag = JSON.stringify(
        found.map(({ path }) => [path, files[`${url}/${path}`]]),
      );
      if (options?.etag === etag) throw new NotModifiedError();
      return {
        etag,
        files: async () => found,
        archive: async () => Promise.reject(new Error('unused')),
        dir: async () => '',
      };
    },
  };
}

const definitions = 'modules:\n  a: { manifests: ./a, runbook: ./a.md }\n';

it('reads a file with the files and folders that it refers to', async () => {
  const reader = readerOf({
    [`${ROOT}/platform.yaml`]: definitions,
    [`${ROOT}/a/app.yaml`]: 'kind: Service',
    [`${ROOT}/a/notes.txt`]: 'no',
    [`${ROOT}/a.md`]: '# A',
  });
  const source = new UrlSource('u', `${ROOT}/platform.yaml`, reader);
  expect(await source.read(signal)).toEqual([
    { path: 'platform.yaml', text: definitions },
    { path: 'a.md', text: '# A' },
    { path: 'a/app.yaml', text: 'kind: Service' },
  ]);
});

it('reads a tree', async () => {
  const reader = readerOf({
    [`${ROOT}/platform.yaml`]: definitions,
    [`${ROOT}/a/app.yaml`]: 'kind: Service',
  });
  const source = new UrlSource('u', ROOT, reader);
  expect((await source.read(signal)).map(({ path }) => path)).toEqual([
    'platform.yaml',
    'a/app.yaml',
  ]);
});

it('keeps what has not been modified and reads again what has', async () => {
  const reader = readerOf({
    [`${ROOT}/platform.yaml`]: definitions,
    [`${ROOT}/a/app.yaml`]: 'kind: Service',
    [`${ROOT}/a.md`]: '# A',
  });
  const source = new UrlSource('u', `${ROOT}/platform.yaml`, reader);
  const first = await source.read(signal);
  expect(await source.read(signal)).toEqual(first);
  reader.files[`${ROOT}/a/app.yaml`] = 'kind: Deployment';
  expect(await source.read(signal)).toContainEqual({
    path: 'a/app.yaml',
    text: 'kind: Deployment',
  });
});

it('keeps what it has when an address fails, and fails itself', async () => {
  const reader = readerOf({ [`${ROOT}/platform.yaml`]: 'modules: {}\n' });
  const source = new UrlSource('u', `${ROOT}/platform.yaml`, reader);
  await source.read(signal);
  delete reader.files[`${ROOT}/platform.yaml`];
  await expect(source.read(signal)).rejects.toThrow('404');
  reader.files[`${ROOT}/platform.yaml`] = 'modules: {}\n';
  expect(await source.read(signal)).toHaveLength(1);
});

it('asks for nothing outside the folder of the file', async () => {
  const reader = readerOf({
    [`${ROOT}/platform.yaml`]:
      'modules:\n  a: { manifests: ../../../other }\n  b: { manifests: "https://evil.example.com/x.yaml" }\n',
  });
  const source = new UrlSource('u', `${ROOT}/platform.yaml`, reader);
  await source.read(signal);
  expect(reader.asked).toEqual([`${ROOT}/platform.yaml`]);
});
