// SPDX-License-Identifier: Apache-2.0
/**
 * A backend with the Kubernetes plugin only, as a process of its own: started with `fork`, told its configuration by a
 * message, answers with its port.
 */
import type { AddressInfo } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';

type Settings = ConstructorParameters<typeof ConfigReader>[0];

async function start(config: Settings): Promise<void> {
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => new ConfigReader(config),
    }),
  );
  backend.add(
    rootHttpRouterServiceFactory({
      configure({ applyDefaults, server }) {
        applyDefaults();
        server.once('listening', () => {
          const { port } = server.address() as AddressInfo;
          process.send?.({ port });
        });
      },
    }),
  );
  backend.add(import('@backstage/plugin-kubernetes-backend'));
  await backend.start();
  process.send?.({ started: true });
}

process.once('message', (config: Settings) => {
  void start(config);
});
