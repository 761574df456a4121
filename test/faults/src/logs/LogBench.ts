// SPDX-License-Identifier: Apache-2.0
import { setTimeout as delay } from 'node:timers/promises';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  TenantsClient,
  type LogMessage,
  type LogSelection,
} from '@tenantry/backstage-plugin-tenants-common';
import { createRandom } from '@tenantry/kubesim';
import { scaledClock } from '../bench/scaledClock';
import { SimulatedCluster } from '../bench/SimulatedCluster';
import { startPortal, type Portal } from '../bench/startPortal';
import { namespaceOf, podNamed, userOwning } from '../bench/tenantObjects';
import { LogFront, type LogRequest } from './LogFront';

type LogBenchOptions = {
  readonly seed: number;
  /** What the API server answers to who asks for a log. */
  readonly answer: (request: LogRequest) => void;
  /** How much faster than real time the product’s clock runs. Default 1. */
  readonly speed?: number;
  readonly permissions?: PermissionsService;
  /** Pods whose container runs. Default 1. */
  readonly pods?: number;
};

const LOOK_EVERY_MS = 25;
const TENANT = 'shop';
const authorization = mockCredentials.user.header(userOwning(TENANT));

/** The whole product between an API server whose logs a case writes, and one reader of logs. */
export class LogBench {
  private constructor(
    readonly front: LogFront,
    readonly portal: Portal,
    private readonly cluster: SimulatedCluster,
  ) {}

  static async start(options: LogBenchOptions): Promise<LogBench> {
    const { seed, answer, speed, permissions, pods = 1 } = options;
    const cluster = await SimulatedCluster.start('east', { seed });
    putRunningPods(cluster, pods);
    const front = await LogFront.start(cluster.url, answer);
    const portal = await startPortal({
      clusters: [
        {
          name: 'east',
          url: front.url,
          authMetadata: {
            'kubernetes.io/auth-provider': 'serviceAccount',
            serviceAccountToken: 'kept by the bench',
          },
        },
      ],
      credential: async () => ({
        type: 'bearer token',
        token: cluster.token,
      }),
      clock: scaledClock({ speed }),
      random: createRandom(seed),
      permissions,
    });
    const bench = new LogBench(front, portal, cluster);
    await bench.untilServed();
    return bench;
  }

  /** The path of the tenant’s logs. */
  path(query: Readonly<Record<string, string>> = {}): string {
    return `${this.portal.url}/v1/tenants/${TENANT}/logs?${new URLSearchParams({
      module: `${TENANT}-logs`,
      ...query,
    })}`;
  }

  /** Asks for logs, as the tenant’s owner. */
  get(query: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(this.path(query), { headers: { authorization } });
  }

  /** Reads the messages of logs, as the tenant’s owner. */
  read(
    selection: LogSelection,
    signal = new AbortController().signal,
  ): AsyncIterable<LogMessage> {
    return this.client().openLogs(
      TENANT,
      { module: `${TENANT}-logs`, ...selection },
      { signal },
    );
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.front.stop();
    await this.cluster.stop();
  }

  private client(): TenantsClient {
    return new TenantsClient({
      discoveryApi: { getBaseUrl: async () => this.portal.url },
      fetchApi: {
        fetch: (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('authorization', authorization);
          return fetch(input, { ...init, headers });
        },
      },
    });
  }

  private async untilServed(): Promise<void> {
    for (;;) {
      const response = await this.get({ content: 'counts' });
      const text = await response.text();
      if (response.ok && text.includes('"source"')) return;
      await delay(LOOK_EVERY_MS);
    }
  }
}

function putRunningPods({ sim }: SimulatedCluster, count: number): void {
  const namespace = namespaceOf(TENANT);
  for (let i = 0; i < count; i += 1) {
    const { metadata, ...pod } = podNamed(TENANT, `logs-${i}`);
    const labels = { 'tenantry.dev/module': `${TENANT}-logs` };
    sim.objects.create('pods', { ...pod, metadata: { ...metadata, labels } });
    const where = { namespace, name: metadata.name ?? '' };
    sim.objects.modify('pods', where, draft => {
      draft.status = {
        phase: 'Running',
        containerStatuses: [
          {
            name: 'main',
            image: 'registry.example/app:1',
            ready: true,
            restartCount: 0,
            state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
          },
        ],
      };
    });
  }
}
