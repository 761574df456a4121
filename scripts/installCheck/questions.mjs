// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LEGACY_APP } from './legacyApp.mjs';
import { runBounded } from './runBounded.mjs';
import { untilAnswered } from './startPortal.mjs';

function demand(condition, complaint) {
  if (!condition) throw new Error(complaint);
}

const contents = {
  'tenants-backend': ['config.schema.json', 'migrations/'],
  'catalog-backend-module-tenants': [
    'config.schema.json',
    'templates/create-tenant.yaml',
  ],
  'permission-backend-module-tenants': ['config.schema.json'],
  'search-backend-module-tenants': ['config.schema.json'],
  'tenants-node': [
    'schema/module-definitions.schema.json',
    'dist/definitions.d.ts',
  ],
  tenants: ['dist/legacy.esm.js', 'dist/legacy.d.ts'],
};

/** What is asked of the tarballs: question and how it is answered; an answer that throws is a failure. */
export function packageQuestions(tarballs) {
  return Object.entries(contents).map(([name, wanted]) => [
    `${name} holds ${wanted.join(', ')}`,
    () => {
      const file = tarballs.get(`@tenantry/backstage-plugin-${name}`);
      const held = execFileSync('tar', ['tzf', file], {
        encoding: 'utf8',
      }).split('\n');
      for (const path of wanted)
        demand(
          held.some(entry => entry.startsWith(`package/${path}`)),
          `${path} is missing`,
        );
    },
  ]);
}

/** What is asked of the portal’s files before it is started. */
export function fileQuestions({ portal, env, log }) {
  const cli = join(portal, 'node_modules', '.bin', 'backstage-cli');
  const configCheck = files =>
    runBounded(
      cli,
      [
        'config:check',
        '--lax',
        '--strict',
        ...files.flatMap(file => ['--config', file]),
      ],
      { cwd: portal, env, seconds: 120, log: log('config-check') },
    );
  const files = ['app-config.yaml', 'app-config.local.yaml'];
  return [
    ['the configuration of the page is valid', () => configCheck(files)],
    [
      'a wrong value is refused',
      async () => {
        writeFileSync(
          join(portal, 'wrong.yaml'),
          'tenants: { podSecurity: none }\n',
        );
        const isAccepted = await configCheck([...files, 'wrong.yaml']).then(
          () => true,
          () => false,
        );
        demand(!isAccepted, 'tenants.podSecurity: none was accepted');
      },
    ],
    [
      'the portal compiles with the published types',
      () =>
        runBounded(join(portal, 'node_modules', '.bin', 'tsc'), [], {
          cwd: portal,
          env,
          seconds: 300,
          log: log('portal-types'),
        }),
    ],
    ...['app', LEGACY_APP].map(app => [
      `the ${app} builds with the plugin in it`,
      async () => {
        await runBounded(cli, ['package', 'build'], {
          cwd: join(portal, 'packages', app),
          env: { ...env, NODE_OPTIONS: '--max-old-space-size=4096' },
          seconds: 420,
          log: log(`${app}-build`),
        });
        const files = join(portal, 'packages', app, 'dist', 'static');
        const holds = readdirSync(files)
          .filter(name => name.endsWith('.js'))
          .some(name =>
            readFileSync(join(files, name), 'utf8').includes(
              'plugin.tenants.api',
            ),
          );
        demand(holds, 'no script of the app has the plugin');
      },
    ]),
  ];
}

const named = (items, name) =>
  items.some(item => item.name === name) ? true : undefined;

/** What is asked of the portal while it runs. */
export function portalQuestions({ ask, askJson, portal }) {
  const entities = filter =>
    askJson(`/api/catalog/entities?filter=${filter}&fields=metadata.name`);
  return [
    [
      'its pages answer',
      async () => {
        for (const path of ['/', '/tenants', '/tenants/platform'])
          await untilAnswered(async () => {
            const { status, text } = await ask(path, { token: '' });
            demand(
              status === 200 && text.includes('<div id="root">'),
              `${path} answered ${status}`,
            );
            return true;
          }, 60);
      },
    ],
    [
      'tenants of the cluster are listed',
      () =>
        untilAnswered(async () => {
          const { items } = await askJson('/api/tenants/v1/tenants');
          return items.length > 0 ? items : undefined;
        }, 90),
    ],
    [
      'the module of the page is there',
      () =>
        untilAnswered(async () => {
          const { items } = await askJson('/api/tenants/v1/modules');
          return named(items, 'hello');
        }, 60),
    ],
    [
      'templates and tenants are in the catalogue',
      () =>
        untilAnswered(async () => {
          const templates = await entities('kind=template');
          const tenants = await entities('kind=resource,spec.type=tenant');
          const hasTemplate = templates.some(
            ({ metadata }) => metadata.name === 'tenantry-create-tenant',
          );
          return hasTemplate && tenants.length > 0 ? true : undefined;
        }, 120),
    ],
    [
      'the scaffolder has the actions',
      async () => {
        const actions = await askJson('/api/scaffolder/v2/actions');
        for (const id of [
          'plan',
          'apply',
          'wait',
          'delete',
          'member:add',
          'member:remove',
          'render',
        ])
          demand(
            actions.some(action => action.id === `tenants:${id}`),
            `tenants:${id} is missing`,
          );
      },
    ],
    [
      'the search finds tenants',
      () =>
        untilAnswered(async () => {
          const { results } = await askJson(
            '/api/search/query?term=&types%5B0%5D=tenants',
          );
          return results.length > 0 ? true : undefined;
        }, 150),
    ],
    [
      'a guest sees no tenant',
      async () => {
        const { backstageIdentity } = await askJson('/api/auth/guest/refresh', {
          token: '',
        });
        const { status, text } = await ask('/api/tenants/v1/tenants', {
          token: backstageIdentity.token,
        });
        demand(
          status === 403 || JSON.parse(text).items?.length === 0,
          `answered ${status}`,
        );
      },
    ],
    [
      'nobody without a token sees anything',
      async () => {
        const { status } = await ask('/api/tenants/v1/tenants', {
          token: '',
        });
        demand(status === 401, `answered ${status}`);
      },
    ],
    [
      'the tables were made',
      () => {
        const database = new DatabaseSync(
          join(portal, 'data', 'tenants.sqlite'),
          { readOnly: true },
        );
        const tables = database
          .prepare("select name from sqlite_master where type = 'table'")
          .all();
        database.close();
        for (const name of [
          'operations',
          'operation_revisions',
          'audit_events',
          'request_limits',
        ])
          demand(named(tables, name), `${name} is missing`);
      },
    ],
  ];
}
