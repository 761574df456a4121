// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import {
  ConfigSources,
  FileConfigSource,
  StaticConfigSource,
} from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { addPortalFeatures } from '../portalFeatures';
import { createAnnouncePlugin } from './announcePlugin';
import { buildAppIfChanged } from './appBuild';
import { DemoError } from './DemoError';
import { createDemoConfig } from './demoConfig';
import { readOnlyPolicyModule } from './ReadOnlyPolicy';
import { createDemoSignInModule } from './demoSignIn';
import {
  checkPortIsFree,
  loopbackHostOnly,
  readLoopbackAddress,
  refuseConfiguredClusters,
} from './loopback';
import { type DemoOptions, parseDemoOptions } from './options';
import { openRealScene, openSimulatedScene, type Scene } from './scene';
import { formatWelcome } from './welcome';

/** Enough for open streams to say that they end. */
const SHUTDOWN_GRACE_MS = 500;

type Options = {
  /** The repository's top folder. */
  readonly root: string;
  readonly args: readonly string[];
  /** What relative paths on the command line start from. */
  readonly cwd: string;
  readonly say: (line: string) => void;
  /** Ends a build that is under way; the portal, once started, stops by itself. */
  readonly signal: AbortSignal;
};

/** Only `app-config.yaml`: no local overlay and no environment variable may widen what the demo exposes. */
async function loadConfig(root: string, overlay: JsonObject): Promise<Config> {
  const path = join(root, 'app-config.yaml');
  try {
    return await ConfigSources.toConfig(
      ConfigSources.merge([
        FileConfigSource.create({ path }),
        StaticConfigSource.create({ data: overlay, context: 'demo' }),
      ]),
    );
  } catch (error) {
    throw new DemoError(
      `${path} is not valid: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function createDemoBackend(config: Config, scene: Scene, onReady: () => void) {
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  backend.add(
    rootHttpRouterServiceFactory({
      configure({ app, server, lifecycle, applyDefaults }) {
        app.use(loopbackHostOnly);
        applyDefaults();
        // Long polls of the pages would hold up the end for a minute.
        lifecycle.addShutdownHook(async () => {
          await sleep(SHUTDOWN_GRACE_MS);
          server.closeAllConnections();
        });
      },
    }),
  );
  addPortalFeatures(backend);
  backend.add(createDemoSignInModule(scene.personas));
  backend.add(
    scene.readOnly
      ? readOnlyPolicyModule
      : import('@tenantry/backstage-plugin-permission-backend-module-tenants'),
  );
  scene.features.forEach(feature => backend.add(feature));
  backend.add(
    createAnnouncePlugin({
      userName: scene.personas[0].name,
      onReady,
      onStop: scene.close,
    }),
  );
  return backend;
}

function openScene(root: string, { real }: DemoOptions): Promise<Scene> {
  return real ? openRealScene(real) : openSimulatedScene(root);
}

/**
 * Builds the pages if needed, starts the clusters and the portal, and says where it is.
 *
 * @throws DemoError with what to put right
 */
export async function startDemo(options: Options): Promise<void> {
  const { root, say, signal } = options;
  const demo = parseDemoOptions(options.args, options.cwd);
  const { port } = demo;
  const base = await loadConfig(root, {});
  refuseConfiguredClusters(base);
  await checkPortIsFree(port, readLoopbackAddress(base));

  // First of all the long steps: it is what a wrong option shows in.
  const scene = await openScene(root, demo);

  // Under Backstage's development servers the pages come from the front-end server.
  const isDevelopment = process.env.NODE_ENV === 'development';
  if (!isDevelopment) await buildAppIfChanged({ root, say, signal });

  say('Starting the portal …');
  const { personas, clusters, simulators, readOnly } = scene;
  const appUrl = isDevelopment ? 'http://localhost:3000' : undefined;
  const config = await loadConfig(
    root,
    createDemoConfig({ port, clusters, personas, readOnly, appUrl }),
  );
  const onReady = () => say(formatWelcome({ port, personas, simulators }));
  await createDemoBackend(config, scene, onReady).start();
}
