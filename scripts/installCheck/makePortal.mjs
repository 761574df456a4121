// SPDX-License-Identifier: Apache-2.0
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../run.mjs';
import { addLegacyApp, followLegacy, LEGACY_APP } from './legacyApp.mjs';
import { runBounded } from './runBounded.mjs';

const CREATE_APP = '@backstage/create-app@0.9.2';

/** `yarn` by name, which create-app and the page ask for. */
function offerYarn(work, yarn) {
  const folder = join(work, 'bin');
  mkdirSync(folder);
  const file = join(folder, 'yarn');
  writeFileSync(file, `#!/bin/sh\nexec node "${yarn}" "$@"\n`);
  chmodSync(file, 0o755);
  return `${folder}${delimiter}${process.env.PATH}`;
}

function editJson(file, edit) {
  const value = JSON.parse(readFileSync(file, 'utf8'));
  edit(value);
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/**
 * What the check needs beside the page: our packages are not in a registry, so their tarballs stand for them; versions are those of our own
 * lockfile, in place of the one that create-app fetches; better-sqlite3 is the one that brings its binary (the page names it under "Upgrades").
 */
function prepare(portal, tarballs) {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  editJson(join(portal, 'package.json'), manifest => {
    Object.assign(manifest.resolutions, {
      'better-sqlite3': own.resolutions['better-sqlite3'],
      ...Object.fromEntries(
        [...tarballs].map(([name, file]) => [name, `file:${file}`]),
      ),
    });
    manifest.dependenciesMeta = own.dependenciesMeta;
  });
  copyFileSync(join(root, 'yarn.lock'), join(portal, 'yarn.lock'));
  const rc = join(portal, '.yarnrc.yml');
  writeFileSync(
    rc,
    readFileSync(rc, 'utf8').replace(
      /npmMinimalAgeGate: \S+/,
      'npmMinimalAgeGate: 60d',
    ),
  );
  // Yarn would ask a search service for type packages of what is added.
  appendFileSync(rc, '\ntsEnableAutoTypes: false\nenableTelemetry: false\n');
}

/** Each way in which a marked block of the page is followed. */
function createFollowers({ portal, tarballs, env, log }) {
  const index = join(portal, 'packages', 'backend', 'src', 'index.ts');
  const change = (from, to, why) => {
    const text = readFileSync(index, 'utf8');
    if (!text.includes(from)) throw new Error(`${why}: not in ${index}`);
    writeFileSync(
      index,
      text.replace(from, () => to),
    );
  };
  return {
    async run(body) {
      const commands = body.replaceAll('\\\n', ' ').trim().split('\n');
      // What goes into the app goes into the one of the old system too.
      const all = commands.flatMap(command => {
        const legacy = command.replace(
          'packages/app',
          `packages/${LEGACY_APP}`,
        );
        return legacy === command ? [command] : [command, legacy];
      });
      for (const [n, command] of all.entries()) {
        const words = command
          .split(/\s+/)
          .map(word =>
            tarballs.has(word) ? `${word}@file:${tarballs.get(word)}` : word,
          );
        await runBounded(words[0], words.slice(1), {
          cwd: portal,
          env,
          seconds: 420,
          log: log(`command-${n + 1}`),
        });
      }
    },
    backend: body =>
      change(
        'backend.start();',
        `${body}\nbackend.start();`,
        'No start of the backend',
      ),
    remove: body => change(body, '', 'Nothing to take out'),
    legacy: (body, name) => followLegacy(portal, body, name),
    config: body => writeFileSync(join(portal, 'app-config.local.yaml'), body),
    file(body, name) {
      const file = join(portal, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, body);
    },
  };
}

/** Makes a new portal and follows the page in it. Resolves with its folder and the environment for its commands. */
export async function makePortal(work, { yarn, tarballs, blocks, log }) {
  const portal = join(work, 'portal');
  const env = { PATH: offerYarn(work, yarn) };
  await runBounded(
    'npx',
    ['--yes', CREATE_APP, '--skip-install', '--path', portal],
    { cwd: work, env, seconds: 180, input: 'portal\n', log: log('create-app') },
  );
  await addLegacyApp(portal, { work, env, createApp: CREATE_APP, log });
  prepare(portal, tarballs);
  const followers = createFollowers({ portal, tarballs, env, log });
  for (const { what, body } of blocks) {
    const [way, name] = what.split(':');
    if (!followers[way])
      throw new Error(`docs/install.md: check=${what} is not known`);
    await followers[way](body, name);
  }
  return { portal, env };
}
