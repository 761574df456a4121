// SPDX-License-Identifier: Apache-2.0
import type {
  Container,
  Environment,
} from '@tenantry/backstage-plugin-tenants-common';
import type { QueryChange } from '../../../navigation';

/** A container that failed and was started again, as its pod still tells. */
export type ContainerEnd = {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: string;
  readonly pod: string;
  readonly container: string;
  /** Whether its pod has others, so that its name says more than the pod's. */
  readonly isOneOfMany: boolean;
  readonly reason: string;
  readonly exitCode: number;
  /** How often it was started again. */
  readonly restarts: number;
  /** The last time, in milliseconds since the epoch. */
  readonly at: number;
  /** Selects the log of the run that ended. */
  readonly logs: QueryChange;
};

type Failed = Container & {
  readonly lastExit: {
    readonly code: number;
    readonly reason: string;
    readonly at: string;
  };
};

function hasFailed(container: Container): container is Failed {
  const { lastExit, restarts } = container;
  return restarts > 0 && lastExit?.at !== undefined && lastExit.code !== 0;
}

/** Every container of a tenant’s environments that failed and runs again or waits to. Pure. */
export function containerEnds(
  environments: readonly Environment[],
): ContainerEnd[] {
  return environments.flatMap(({ name: env, cluster, modules }) =>
    modules.flatMap(({ name: module, workloads }) =>
      workloads.flatMap(workload =>
        workload.pods.flatMap(pod =>
          pod.containers.filter(hasFailed).map(container => ({
            cluster,
            namespace: pod.namespace,
            workload: workload.name,
            pod: pod.name,
            container: container.name,
            isOneOfMany: pod.containers.length > 1,
            reason: container.lastExit.reason,
            exitCode: container.lastExit.code,
            restarts: container.restarts,
            at: Date.parse(container.lastExit.at),
            logs: {
              env,
              module,
              workload: workload.name,
              pod: pod.name,
              container: container.name,
              previous: '1',
            },
          })),
        ),
      ),
    ),
  );
}
