// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  Tenant,
  TenantEvent,
  TenantModule,
  Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import type { QueryChange } from '../navigation';

type Found = {
  readonly environment: Environment;
  readonly module: TenantModule;
  readonly workload: Workload;
};

function logsOfWorkload(found: Found): QueryChange {
  const { environment, module, workload } = found;
  return {
    env: environment.name,
    module: module.name,
    workload: workload.name,
  };
}

/** A ReplicaSet or Job is called as the workload that made it, and something behind a dash. */
function isMadeBy(workload: Workload, name: string): boolean {
  return name === workload.name || name.startsWith(`${workload.name}-`);
}

/** Kinds whose objects run what writes. */
const RUNS = [
  'Pod',
  'ReplicaSet',
  'Job',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
];

function workloadsOf(tenant: Tenant, event: TenantEvent): Found[] {
  return tenant.environments
    .filter(
      ({ name, cluster }) =>
        name === event.environment && cluster === event.cluster,
    )
    .flatMap(environment =>
      environment.modules.flatMap(module =>
        module.workloads.map(workload => ({ environment, module, workload })),
      ),
    );
}

/** Selects the logs of what an event is about; `undefined` when nothing of it runs in the tenant any more. Pure. */
export function logsOfEvent(
  tenant: Tenant,
  event: TenantEvent,
): QueryChange | undefined {
  const { kind, name } = event.object;
  if (!RUNS.includes(kind)) return undefined;
  const workloads = workloadsOf(tenant, event);
  if (kind === 'Pod') {
    const of = workloads.find(({ workload }) =>
      workload.pods.some(pod => pod.name === name),
    );
    return of && { ...logsOfWorkload(of), pod: name };
  }
  const [of] = workloads
    .filter(({ workload }) => isMadeBy(workload, name))
    // `web-api-5f7d` is of `web-api`, not of `web`.
    .sort((a, b) => b.workload.name.length - a.workload.name.length);
  return of && logsOfWorkload(of);
}
