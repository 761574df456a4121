// SPDX-License-Identifier: Apache-2.0
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBounded } from './runBounded.mjs';

/** The app of the old frontend system stands beside the one of the new system, in one portal with one backend. */
export const LEGACY_APP = 'app-legacy';

/** Where each block of the page goes in the sources that create-app writes: before a text, or in the place of it. */
const PLACES = {
  'app-imports': { file: 'App.tsx', before: "import { apis } from './apis';" },
  routes: {
    file: 'App.tsx',
    instead: '<Route path="/create" element={<ScaffolderPage />} />',
  },
  'sidebar-imports': {
    file: 'components/Root/Root.tsx',
    before: "import MenuIcon from '@material-ui/icons/Menu';",
  },
  sidebar: {
    file: 'components/Root/Root.tsx',
    before: '{/* End global nav */}',
  },
  'entity-imports': {
    file: 'components/catalog/EntityPage.tsx',
    before: 'const techdocsContent = (',
  },
  'entity-card': {
    file: 'components/catalog/EntityPage.tsx',
    after:
      'const overviewContent = (\n  <Grid container spacing={3} alignItems="stretch">\n',
  },
  'entity-tabs': {
    file: 'components/catalog/EntityPage.tsx',
    after:
      'const defaultEntityPage = (\n  <EntityLayout>\n    <EntityLayout.Route path="/" title="Overview">\n      {overviewContent}\n    </EntityLayout.Route>\n',
  },
};

/** Puts the app that `create-app --legacy` makes beside the portal's own. */
export async function addLegacyApp(portal, { work, env, createApp, log }) {
  const made = join(work, 'legacy');
  await runBounded(
    'npx',
    ['--yes', createApp, '--legacy', '--skip-install', '--path', made],
    {
      cwd: work,
      env,
      seconds: 180,
      input: 'legacy\n',
      log: log('create-legacy'),
    },
  );
  const app = join(portal, 'packages', LEGACY_APP);
  cpSync(join(made, 'packages', 'app'), app, { recursive: true });
  rmSync(made, { recursive: true });
  const file = join(app, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({ ...manifest, name: LEGACY_APP }, undefined, 2),
  );
}

/** Puts a block of the page into the old app. */
export function followLegacy(portal, body, name) {
  const place = PLACES[name];
  if (!place) throw new Error(`docs/install.md: legacy:${name} is not known`);
  const file = join(portal, 'packages', LEGACY_APP, 'src', place.file);
  const text = readFileSync(file, 'utf8');
  const mark = place.before ?? place.instead ?? place.after;
  if (!text.includes(mark))
    throw new Error(`legacy:${name} has no place in ${file}`);
  const parts = [
    ...(place.after ? [mark] : []),
    body,
    ...(place.before ? [mark] : []),
  ];
  writeFileSync(
    file,
    text.replace(mark, () => parts.join('\n')),
  );
}
