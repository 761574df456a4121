// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startCommand, stopCommand } from './runBounded.mjs';

/** Token of a service that may read; for the check alone. */
const TOKEN = 'install-check-0123456789abcdef';

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks until `ask` answers something, for at most `seconds`. Resolves with that, or throws what was wrong the last time. */
export async function untilAnswered(ask, seconds) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`not within ${seconds} s`);
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await wait(1000);
  }
}

/** A simulated cluster, run from the package as it is published. */
export async function startCluster(stage, { work, log }) {
  const kubesim = join(stage, 'packages', 'kubesim');
  const kubeconfig = join(work, 'kubeconfig');
  const output = log('kubesim');
  startCommand(
    'node',
    [
      join(kubesim, 'bin', 'kubesim'),
      ...['--port', '0', '--kubeconfig-out', kubeconfig],
      ...['--scenario', join(kubesim, 'scenarios', 'demo-us-east.yaml')],
    ],
    { cwd: work, log: output },
  );
  await untilAnswered(
    () => readFileSync(output, 'utf8').match(/listens on/)?.[0],
    60,
  );
  const [, url, token] =
    /server: (\S+?)\/_as\/(\S+)/.exec(readFileSync(kubeconfig, 'utf8')) ?? [];
  return { url, token };
}

/** A guest as one of the platform team, for pages with something on them. */
const guestInCharge = {
  auth: {
    providers: {
      guest: {
        userEntityRef: 'user:default/in-charge',
        ownershipEntityRefs: [
          'user:default/in-charge',
          'group:default/platform-team',
        ],
      },
    },
  },
};

/**
 * Starts the portal on a port of its own, with its databases in files. Resolves once the tenants plugin and the app answer.
 *
 * `app` is the package of the app that is served; with `inCharge` guests are of the platform team.
 */
export async function startPortal({
  portal,
  env,
  cluster,
  log,
  app = 'app',
  inCharge = false,
}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    app: { baseUrl: url, packageName: app },
    ...(inCharge ? guestInCharge : {}),
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(portal, 'data') },
      },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: TOKEN, subject: 'install-check' },
          },
        ],
      },
    },
  };
  writeFileSync(
    join(portal, 'app-config.check.yaml'),
    JSON.stringify(settings),
  );
  const files = [
    'app-config.yaml',
    'app-config.local.yaml',
    'app-config.check.yaml',
  ];
  const backend = startCommand(
    join(portal, 'node_modules', '.bin', 'backstage-cli'),
    [
      'package',
      'start',
      ...files.flatMap(file => ['--config', `../../${file}`]),
    ],
    {
      cwd: join(portal, 'packages', 'backend'),
      env: {
        ...env,
        EAST_URL: cluster.url,
        EAST_TOKEN: cluster.token,
        GITHUB_TOKEN: 'none',
      },
      log: log(`backend-${app}${inCharge ? '-in-charge' : ''}`),
    },
  );
  const ask = async (path, { token = TOKEN, method = 'GET' } = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return { status: response.status, text };
  };
  const askJson = async (path, options) => {
    const { status, text } = await ask(path, options);
    if (status !== 200)
      throw new Error(`${path} answered ${status}: ${text.slice(0, 200)}`);
    return JSON.parse(text);
  };
  await untilAnswered(() => askJson('/api/tenants/v1/health'), 300);
  await untilAnswered(async () => {
    const { status } = await ask('/', { token: '' });
    return status === 200 ? true : undefined;
  }, 60);
  return { url, ask, askJson, stop: () => stopCommand(backend) };
}
