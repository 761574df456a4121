// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildAppIfChanged, hashInputs } from './appBuild';

describe('the build of the pages', () => {
  let root: string;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tenantry-'));
    write('yarn.lock', 'lock');
    write('packages/app/src/App.tsx', 'app');
    write('plugins/tenants/src/pages/Page.tsx', 'page');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each(['yarn.lock', 'plugins/tenants/src/pages/Page.tsx'])(
    'counts a change of %s',
    path => {
      const before = hashInputs(root);
      write(path, 'changed');
      expect(hashInputs(root)).not.toBe(before);
    },
  );

  it('counts a file that moved', () => {
    const before = hashInputs(root);
    write('plugins/tenants/src/Page.tsx', 'page');
    rmSync(join(root, 'plugins/tenants/src/pages/Page.tsx'));
    expect(hashInputs(root)).not.toBe(before);
  });

  it('does not count tests, the backend or what was built', () => {
    const before = hashInputs(root);
    write('plugins/tenants/src/pages/Page.test.tsx', 'test');
    write('plugins/tenants-backend/src/plugin.ts', 'plugin');
    write('packages/app/dist/index.html', 'built');
    expect(hashInputs(root)).toBe(before);
  });

  it('builds nothing when nothing changed', async () => {
    write('packages/app/dist/.built-from', hashInputs(root));
    const said: string[] = [];
    await buildAppIfChanged({
      root,
      say: line => said.push(line),
      signal: new AbortController().signal,
    });
    expect(said).toEqual([]);
  });

  it('shows why a build failed and leaves no mark behind', async () => {
    write(
      'node_modules/@backstage/cli/bin/backstage-cli',
      'console.error("App.tsx: unexpected token"); process.exit(1);',
    );
    const build = () =>
      buildAppIfChanged({
        root,
        say: () => undefined,
        signal: new AbortController().signal,
      });
    await expect(build()).rejects.toThrow(
      'The pages could not be built:\nApp.tsx: unexpected token',
    );
    await expect(build()).rejects.toThrow('could not be built');
  });
});
