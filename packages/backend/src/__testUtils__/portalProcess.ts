// SPDX-License-Identifier: Apache-2.0
// A portal for tests, in a process of its own: the demo’s cluster and people without its pages, tokens for two services, and on demand
// a hole. Says where it is as one line of JSON.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  ConfigSources,
  FileConfigSource,
  StaticConfigSource,
} from '@backstage/config-loader';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  readPolicyConfig,
  TenantsPolicy,
} from '@tenantry/backstage-plugin-permission-backend-module-tenants';
import { createAnnouncePlugin } from '../demo/announcePlugin';
import { createDemoConfig } from '../demo/demoConfig';
import { createDemoSignInModule, PERSONA_HEADER } from '../demo/demoSignIn';
import { personas } from '../demo/personas';
import {
  startSimulators,
  toDemoCluster,
  type Simulator,
} from '../demo/simulators';
import { addPortalFeatures } from '../portalFeatures';
import { findFreePort } from './findFreePort';
import { createPastSignInModule } from './pastSignIn';
import { probePlugin } from './probePlugin';
import { PULL_REQUEST_ACTION, pullRequestModule } from './pullRequestModule';

const ASK_AGAIN_MS = 250;
const root = resolvePackagePath('backend', '../..');
type Options = {
  /** The name of a permission that everybody is given by mistake. */
  readonly hole?: string;
  /** A file of entities that describe clusters. */
  readonly catalogFile?: string;
};

const soon = {
  initialDelay: { seconds: 1 },
  frequency: { seconds: 3 },
  timeout: { minutes: 1 },
};

const { hole, catalogFile }: Options = JSON.parse(process.argv[2] ?? '{}');

const tokens = {
  unrestricted: randomBytes(24).toString('base64url'),
  restricted: randomBytes(24).toString('base64url'),
};

const externalAccess = [
  {
    type: 'static',
    options: { token: tokens.unrestricted, subject: 'unrestricted' },
  },
  {
    type: 'static',
    options: { token: tokens.restricted, subject: 'restricted' },
    accessRestrictions: [
      { plugin: 'tenants', permission: ['tenants.platform.read'] },
    ],
  },
];

/** The shipped policy, with the hole. */
const holedPolicy = createBackendModule({
  pluginId: 'permission',
  moduleId: 'holed-policy',
  register(reg) {
    reg.registerInit({
      deps: { config: coreServices.rootConfig, policy: policyExtensionPoint },
      async init({ config, policy }) {
        const tenants = new TenantsPolicy(readPolicyConfig(config));
        policy.setPolicy({
          handle: async (request, user) =>
            request.permission.name === hole
              ? { result: AuthorizeResult.ALLOW }
              : tenants.handle(request, user),
        });
      },
    });
  },
});

/** Where people, what the demo’s teams build, and a template of the tests stand. */
function locations() {
  return [
    ...['org.yaml', 'catalog.yaml'].map(name => ({
      type: 'file',
      target: join(root, 'examples', name),
      rules: [
        {
          allow: ['User', 'Group', 'System', 'Component', 'Resource'],
        },
      ],
    })),
    ...(catalogFile === undefined
      ? []
      : [
          {
            type: 'file',
            target: catalogFile,
            rules: [{ allow: ['Resource'] }],
          },
        ]),
    {
      type: 'file',
      target: resolvePackagePath('backend', 'src/__testUtils__/template.yaml'),
      rules: [{ allow: ['Template'] }],
    },
  ];
}

async function loadConfig(overlay: object) {
  return ConfigSources.toConfig(
    ConfigSources.merge([
      FileConfigSource.create({ path: join(root, 'app-config.yaml') }),
      StaticConfigSource.create({ data: { ...overlay } }),
      StaticConfigSource.create({
        data: {
          backend: { auth: { externalAccess }, logger: { level: 'error' } },
          search: {
            collators: {
              catalog: { schedule: soon },
              tenants: { schedule: soon },
            },
          },
          catalog: {
            locations: locations(),
            providers: {
              tenants: {
                schedule: {
                  initialDelay: { seconds: 1 },
                  frequency: { seconds: 2 },
                  timeout: { minutes: 1 },
                },
                pullRequest: {
                  action: PULL_REQUEST_ACTION,
                  repoUrl: 'git.example?owner=acme&repo=platform',
                },
              },
            },
          },
        },
      }),
    ]),
  );
}

type SignedIn = { readonly token: string; readonly refs: string[] };

let expired: string | undefined;
const browserHeaders = { 'X-Requested-With': 'XMLHttpRequest' };

async function signIn(url: string, name: string): Promise<SignedIn> {
  const response = await fetch(`${url}/api/auth/demo/refresh`, {
    headers: { ...browserHeaders, [PERSONA_HEADER]: name },
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(
      `${name} could not be signed in: ${JSON.stringify(answer)}`,
    );
  }
  const { token, identity } = answer.backstageIdentity;
  return { token, refs: identity.ownershipEntityRefs };
}

/** Who is in a group gets a token that says so only once the catalogue has joined the two. */
async function signInWithGroups(url: string, name: string): Promise<string> {
  for (;;) {
    const { token, refs } = await signIn(url, name);
    const isComplete = refs.some(ref => ref.startsWith('group:'));
    if (isComplete || ['guest', 'hugo', 'mia'].includes(name)) return token;
    await sleep(ASK_AGAIN_MS);
  }
}

async function announce(
  url: string,
  simulators: readonly Simulator[],
): Promise<void> {
  const signedIn = await Promise.all(
    personas.map(
      async ({ name }) => [name, await signInWithGroups(url, name)] as const,
    ),
  );
  await fetch(`${url}/api/auth/past/refresh`, { headers: browserHeaders });
  process.stdout.write(
    `${JSON.stringify({
      url,
      clusters: simulators.map(({ name, url: server, adminToken }) => ({
        name,
        url: server,
        token: adminToken,
      })),
      tokens: { ...Object.fromEntries(signedIn), ...tokens, expired },
    })}\n`,
  );
}

async function main(): Promise<void> {
  const simulators = await startSimulators(root);
  const port = await findFreePort();
  const clusters = simulators.map(toDemoCluster);
  const config = await loadConfig({
    ...createDemoConfig({ port, clusters, personas }),
    auth: { providers: { demo: {}, past: {} } },
  });
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  addPortalFeatures(backend);
  backend.add(createDemoSignInModule(personas));
  backend.add(probePlugin);
  backend.add(pullRequestModule);
  backend.add(
    createPastSignInModule(token => {
      expired = token;
    }),
  );
  backend.add(
    hole
      ? holedPolicy
      : import('@tenantry/backstage-plugin-permission-backend-module-tenants'),
  );
  const url = `http://localhost:${port}`;
  backend.add(
    createAnnouncePlugin({
      userName: 'pia',
      onReady: () => void announce(url, simulators),
      onStop: async () => {
        await Promise.all(simulators.map(simulator => simulator.stop()));
      },
    }),
  );
  await backend.start();
}

void main();
