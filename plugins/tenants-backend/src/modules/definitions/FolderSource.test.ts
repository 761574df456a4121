// SPDX-License-Identifier: Apache-2.0
import {
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FileSource, FolderSource } from './FolderSource';

const { signal } = new AbortController();
let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'definitions-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function put(path: string, text = 'modules: {}\n'): Promise<void> {
  await mkdir(dirname(join(base, path)), { recursive: true });
  await writeFile(join(base, path), text);
}

async function pathsOf(source: FolderSource | FileSource): Promise<string[]> {
  return (await source.read(signal)).map(({ path }) => path);
}

const problemsOf = (source: FolderSource | FileSource) =>
  source.read(signal).catch(({ problems }) => problems);

it('reads YAML, JSON and Markdown of a folder and below it, without hidden names', async () => {
  for (const path of [
    'a.yaml',
    'b.yml',
    'c/d/e.json',
    'c/run.md',
    'x.txt',
    '.git/y.yaml',
  ]) {
    await put(path);
  }
  expect(await pathsOf(new FolderSource('f', base))).toEqual([
    'a.yaml',
    'b.yml',
    'c/d/e.json',
    'c/run.md',
  ]);
});

it('reads a file with what it refers to, and nothing else', async () => {
  await put(
    'platform.yaml',
    'modules:\n  a: { manifests: ./a, runbook: ./run/a.md }\n',
  );
  for (const path of [
    'a/1.yaml',
    'a/deep/2.yaml',
    'run/a.md',
    'run/b.md',
    'other.yaml',
  ]) {
    await put(path);
  }
  const source = new FileSource('f', join(base, 'platform.yaml'));
  expect(await pathsOf(source)).toEqual([
    'platform.yaml',
    'run/a.md',
    'a/1.yaml',
    'a/deep/2.yaml',
  ]);
});

it('tells that a file or folder is missing', async () => {
  expect(
    await problemsOf(new FileSource('f', join(base, 'no.yaml'))),
  ).toMatchObject([{ file: 'no.yaml', rule: 'file-missing' }]);
  expect(
    await problemsOf(new FolderSource('f', join(base, 'no'))),
  ).toMatchObject([{ file: '.', rule: 'file-missing' }]);
});

it('refuses links that lead out of the folder, and follows those inside', async () => {
  await put('in/a.yaml');
  await put('outside.yaml', 'secret');
  await symlink(join(base, 'outside.yaml'), join(base, 'in/link.yaml'));
  const folder = new FolderSource('f', join(base, 'in'));
  expect(await problemsOf(folder)).toMatchObject([
    { file: 'link.yaml', rule: 'outside-root' },
  ]);
  await rm(join(base, 'in/link.yaml'));
  await symlink('a.yaml', join(base, 'in/again.yaml'));
  expect(await pathsOf(folder)).toEqual(['a.yaml', 'again.yaml']);
});

it('does not follow a link to a folder around it for ever', async () => {
  await put('a.yaml');
  await symlink('.', join(base, 'self'));
  expect(await pathsOf(new FolderSource('f', base))).toEqual(['a.yaml']);
});

it('refuses a file that is too large without reading it', async () => {
  await put('a.yaml', '#'.repeat(5 * 1024 * 1024));
  expect(await problemsOf(new FolderSource('f', base))).toMatchObject([
    { file: 'a.yaml', rule: 'too-large' },
  ]);
});

it('notices when Kubernetes swaps the link of a mounted ConfigMap', async () => {
  await put('..one/platform.yaml', 'modules: { one: {} }\n');
  await put('..two/platform.yaml', 'modules: { two: {} }\n');
  await symlink('..one', join(base, '..data'));
  await symlink('..data/platform.yaml', join(base, 'platform.yaml'));
  const source = new FileSource('f', join(base, 'platform.yaml'));
  expect((await source.read(signal))[0].text).toContain('one');
  let isNoticed = false;
  const stop = source.onChange(() => {
    isNoticed = true;
  });
  // How soon a watch holds, the system does not say: swap until it is noticed.
  for (let turn = 0; !isNoticed; turn += 1) {
    await symlink(turn % 2 ? '..one' : '..two', join(base, '..data_tmp'));
    await rename(join(base, '..data_tmp'), join(base, '..data'));
    await new Promise(resolve => setImmediate(resolve));
  }
  stop();
  expect(isNoticed).toBe(true);
});
