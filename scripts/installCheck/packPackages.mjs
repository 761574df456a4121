// SPDX-License-Identifier: Apache-2.0
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../run.mjs';
import { runBounded } from './runBounded.mjs';

const NOT_COPIED = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  '.git',
  '.tools',
]);

const readManifest = folder =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

function workspaceFolders() {
  return ['packages', 'plugins', 'test'].flatMap(group =>
    readdirSync(join(root, group)).map(name => join(group, name)),
  );
}

/** Links each installed package, but our own, which are those of the copy. */
function linkPackages(from, to) {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name !== '@tenantry') symlinkSync(join(from, name), join(to, name));
  }
}

/** A copy of the sources: packing rewrites each package.json for a moment, and the work tree shall stay as it is. */
function copySources(stage) {
  cpSync(root, stage, {
    recursive: true,
    filter: source => !NOT_COPIED.has(basename(source)),
  });
  linkPackages(join(root, 'node_modules'), join(stage, 'node_modules'));
  mkdirSync(join(stage, 'node_modules', '@tenantry'));
  for (const folder of workspaceFolders()) {
    const installed = join(root, folder, 'node_modules');
    if (existsSync(installed))
      linkPackages(installed, join(stage, folder, 'node_modules'));
    const { name } = readManifest(join(stage, folder));
    if (name.startsWith('@tenantry/'))
      symlinkSync(join(stage, folder), join(stage, 'node_modules', name));
  }
}

/** Type declarations of the published packages; that types are right is checked elsewhere. */
function writeTypesConfig(stage) {
  const file = join(stage, 'tsconfig.types.json');
  const at = pattern => join(root, pattern);
  const config = {
    extends: at('tsconfig.json'),
    compilerOptions: {
      rootDir: root,
      outDir: join(stage, 'dist-types'),
      noEmit: false,
      incremental: false,
      declaration: true,
      emitDeclarationOnly: true,
      noCheck: true,
    },
    include: [
      at('packages/cli/src'),
      at('packages/kubesim/src'),
      at('plugins/*/src'),
      at('plugins/*/config.d.ts'),
      at('node_modules/@backstage/cli/asset-types'),
    ],
    exclude: [
      at('node_modules'),
      at('**/*.test.ts'),
      at('**/*.test.tsx'),
      at('**/__testUtils__'),
      at('**/setupTests.ts'),
    ],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** What an earlier run packed and kept. */
export function reusePackages(work) {
  const stage = join(work, 'stage');
  const packs = join(work, 'packs');
  const tarballs = readdirSync(packs).map(file => [
    `@tenantry/${basename(file, '.tgz')}`,
    join(packs, file),
  ]);
  return { stage, tarballs: new Map(tarballs) };
}

/**
 * Builds and packs every package that is published, as a release would. Resolves with their tarballs by name, and the folder they were built in.
 */
export async function packPackages(work, { yarn, log }) {
  const stage = join(work, 'stage');
  const packs = join(work, 'packs');
  copySources(stage);
  mkdirSync(packs);
  const bin = name => join(root, 'node_modules', '.bin', name);
  await runBounded(bin('tsc'), ['-p', writeTypesConfig(stage)], {
    cwd: stage,
    seconds: 300,
    log: log('types'),
  });
  await runBounded(bin('backstage-cli'), ['repo', 'build'], {
    cwd: stage,
    seconds: 300,
    log: log('build'),
  });
  const tarballs = new Map();
  for (const folder of workspaceFolders()) {
    const { name, private: isPrivate } = readManifest(join(stage, folder));
    if (isPrivate) continue;
    const file = join(packs, `${name.replace('@tenantry/', '')}.tgz`);
    await runBounded('node', [yarn, 'pack', '--out', file], {
      cwd: join(stage, folder),
      seconds: 120,
      log: log(`pack-${basename(folder)}`),
    });
    tarballs.set(name, file);
  }
  return { stage, tarballs };
}
