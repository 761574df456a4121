// SPDX-License-Identifier: Apache-2.0
import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import {
  type AuthenticationStrategy,
  kubernetesAuthStrategyExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import {
  createKubernetesAccessRegistry,
  kubernetesAccessRegistryRef,
  type KubernetesAccessRegistry,
} from '@tenantry/backstage-plugin-tenants-node';
import kubernetesModuleTenants, {
  kubernetesModuleTenantsByObjectsProvider,
} from './index';

const config = {
  kubernetes: {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'eu',
            url: 'https://eu.example',
            authProvider: 'serviceAccount',
            serviceAccountToken: 'from-config',
            caData: 'Y2E=',
          },
        ],
      },
    ],
  },
};

/** Stands in for the plugin’s own strategies, which load their client in a way that jest does not allow. */
const strategy: AuthenticationStrategy = {
  getCredential: async ({ authMetadata }) => ({
    type: 'bearer token',
    token: authMetadata.serviceAccountToken ?? '',
  }),
  validateCluster: () => [],
  presentAuthMetadata: () => ({}),
};
const strategyModule = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'test-strategy',
  register(reg) {
    reg.registerInit({
      deps: { strategies: kubernetesAuthStrategyExtensionPoint },
      async init({ strategies }) {
        strategies.addAuthStrategy('serviceAccount', strategy);
      },
    });
  },
});

async function startPortal(
  registry: KubernetesAccessRegistry,
  module: typeof kubernetesModuleTenants,
) {
  return await startTestBackend({
    features: [
      kubernetesPlugin,
      strategyModule,
      module,
      mockServices.rootConfig.factory({ data: config }),
      createServiceFactory({
        service: kubernetesAccessRegistryRef,
        deps: {},
        factory: () => registry,
      }),
    ],
  });
}

describe.each([
  ['router', kubernetesModuleTenants],
  ['objects provider', kubernetesModuleTenantsByObjectsProvider],
])('through the %s', (_name, module) => {
  it('hands over the clusters and a credential for each', async () => {
    const registry = createKubernetesAccessRegistry();
    const { server } = await startPortal(registry, module);
    const access = await registry.whenProvided();
    const clusters = await access.clusterSupplier.getClusters({
      credentials: mockCredentials.service(),
    });
    expect(clusters).toEqual([
      expect.objectContaining({
        name: 'eu',
        url: 'https://eu.example',
        caData: 'Y2E=',
      }),
    ]);
    const [cluster] = clusters;
    const credential = cluster && (await access.getCredential(cluster, {}));
    expect(credential).toEqual({ type: 'bearer token', token: 'from-config' });
    expect(server.address()).not.toBeNull();
  });

  it('leaves the plugin’s own routes as they are', async () => {
    const registry = createKubernetesAccessRegistry();
    const { server } = await startPortal(registry, module);
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const url = `http://localhost:${port}/api/kubernetes/clusters`;
    const response = await fetch(url, {
      headers: { authorization: mockCredentials.user.header() },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      items: [
        expect.objectContaining({ name: 'eu', authProvider: 'serviceAccount' }),
      ],
    });
  });
});

it('does not keep the portal from starting when Kubernetes is not configured', async () => {
  const registry = createKubernetesAccessRegistry();
  await startTestBackend({
    features: [kubernetesPlugin, kubernetesModuleTenants],
  });
  expect(registry.get()).toBeUndefined();
});
