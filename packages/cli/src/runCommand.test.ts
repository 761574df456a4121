// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { runCommand } from './runCommand';

const examples = join(__dirname, '../../../examples/module-definitions');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenantry-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function run(...args: string[]) {
  const written = { out: '', error: '' };
  const code = await runCommand(args, {
    out: text => {
      written.out += text;
    },
    error: text => {
      written.error += text;
    },
  });
  return { code, ...written };
}

it('exits with 0 and counts what there is when nothing is wrong', async () => {
  const path = join(examples, 'platform.yaml');
  expect(await run('validate', path)).toEqual({
    code: 0,
    out: `${path}: 15 modules, 3 tiers, 8 categories, no problems.\n`,
    error: '',
  });
});

it('exits with 1 and names place, rule, message and remedy of each problem', async () => {
  const file = await put('a.yaml', 'modules:\n  web: { versoin: 1.0.0 }\n');
  const { code, out } = await run('validate', file);
  expect(code).toBe(1);
  expect(out).toBe(
    `${relative(
      '.',
      file,
    )}:2:10 unknown-key\n  modules.web has no key "versoin".\n  Did you mean "version"?\n${file}: 1 problem.\n`,
  );
});

it('checks a folder as one catalogue', async () => {
  await put('a.yaml', 'modules: { web: { dependencies: [db] } }\n');
  await put('b.yaml', 'modules: { db: {} }\n');
  expect(await run('validate', folder)).toMatchObject({ code: 0 });
  const alone = await run('validate', join(folder, 'a.yaml'));
  expect(alone.out).toContain('unknown-module');
});

it('finds the problems of manifests in their own files', async () => {
  const file = await put('a.yaml', 'modules: { web: { manifests: ./web } }\n');
  await put(
    'web/secret.yaml',
    'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n',
  );
  const { out } = await run('validate', file);
  expect(out).toContain(`${join('web', 'secret.yaml')}:2:7 kind-not-allowed`);
});

it('tells a missing file as a problem', async () => {
  const { code, out } = await run('validate', join(folder, 'none.yaml'));
  expect(code).toBe(1);
  expect(out).toContain('none.yaml file-missing');
});

it('writes JSON', async () => {
  const file = await put('a.yaml', 'modules: { web: {} }\n');
  const { out } = await run('validate', file, '--format', 'json');
  expect(JSON.parse(out)).toMatchObject([
    { path: file, ok: true, problems: [] },
  ]);
});

it('writes what GitHub shows beside lines, and nothing that begins another command', async () => {
  const file = await put(
    'a.yaml',
    'modules: { web: { "x\\n::set-output": 1 } }\n',
  );
  const { out } = await run('validate', file, '--format', 'github');
  expect(out).toMatch(
    /^::error file=.*a\.yaml,line=1,col=19,title=unknown-key::/,
  );
  expect(out.trim().split('\n')).toHaveLength(1);
});

it.each([
  [[]],
  [['validate']],
  [['validat', 'x']],
  [['validate', 'x', '--format', 'xml']],
])('exits with 2 when it does not understand %j', async args => {
  const { code, error } = await run(...args);
  expect(code).toBe(2);
  expect(error).not.toBe('');
});

it('explains itself', async () => {
  const { code, out } = await run('validate', '--help');
  expect(code).toBe(0);
  expect(out).toContain('--format');
});
