// SPDX-License-Identifier: Apache-2.0
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { JsonObject } from '@backstage/types';
import {
  isFinalState,
  operationSchema,
  type Operation,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { parseScenario, type Kubesim } from '@tenantry/kubesim';
import { systemClock } from '../time/Clock';
import { modulesForOperations } from './modulesForOperations';
import { pluginWatching } from './pluginWatching';
import { startRestrictedCluster, type SimCluster } from './startSimCluster';

const scenario = `
clusterName: eu
startedAgo: 1m
nodes:
  - { name: n1, cpu: '64', memory: 256Gi }
  - { name: n2, cpu: '64', memory: 256Gi }
namespaces: []
`;

/** The rights that are documented have to be enough. */
const ROLES = ['cluster-role.yaml', 'operator-role.yaml'];

/** The plugin with nothing replaced but the way to its cluster. */
function startPortal({ api }: SimCluster, config: JsonObject) {
  return startTestBackend({
    features: [
      actionsRegistryServiceMock.factory(),
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: config }),
      ...pluginWatching(api),
      modulesForOperations(),
    ],
  });
}

/** The whole plugin on one simulated cluster `eu`, whose time runs ten times as fast. */
export class PortalOnSimulator {
  private constructor(
    private readonly cluster: SimCluster,
    private readonly backend: Awaited<ReturnType<typeof startPortal>>,
  ) {}

  static async start(config: JsonObject = {}): Promise<PortalOnSimulator> {
    const cluster = await startRestrictedCluster('eu', ROLES, {
      scenario: parseScenario(scenario, 'test'),
      speed: 10,
    });
    const backend = await startPortal(cluster, config);
    return new PortalOnSimulator(cluster, backend);
  }

  get sim(): Kubesim {
    return this.cluster.sim;
  }

  get api(): KubeApi {
    return this.cluster.api;
  }

  /** Asks a route; posts when there is a body. @throws Error with the answer when it is refused */
  async call(path: string, body?: unknown): Promise<unknown> {
    const { server } = this.backend;
    const url = `http://127.0.0.1:${server.port()}/api/tenants${path}`;
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: mockCredentials.user.header(),
        'Content-Type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const text = JSON.stringify(answer).slice(0, 900);
    throw new Error(`${response.status} ${text}`);
  }

  /** Resolves after the next change in the cluster, or soon: an operation may end without one. */
  async aChange(): Promise<void> {
    await new Promise<void>(resolve => {
      const cancel = systemClock.after(100, () => resolve());
      const stop = this.sim.objects.onChange(() => {
        stop();
        cancel();
        resolve();
      });
    });
  }

  /** Starts an operation on the tenant `shop` and follows it to its end. */
  async operate(request: OperationRequestInput): Promise<Operation> {
    let operation = operationSchema.parse(
      await this.call('/v1/tenants/shop/operations', request),
    );
    while (!isFinalState(operation.state)) {
      await this.aChange();
      operation = operationSchema.parse(
        await this.call(`/v1/operations/${operation.id}`),
      );
    }
    return operation;
  }

  async stop(): Promise<void> {
    await this.backend.stop();
    await this.cluster.stop();
  }
}
