// SPDX-License-Identifier: Apache-2.0
import type {
  Cause,
  Environment,
  Tenant,
  Workload,
} from '@tenantry/backstage-plugin-tenants-common';

/** The environment a cause is of; `undefined` when it is gone. Pure. */
export function environmentOfCause(
  tenant: Tenant,
  cause: Cause,
): Environment | undefined {
  return tenant.environments.find(
    e => e.name === cause.environment && e.cluster === cause.cluster,
  );
}

/** What ended the container of a cause the last time; `undefined` when it never has, or nobody knows. Pure. */
export function lastEndOfCause(
  tenant: Tenant,
  cause: Cause,
): string | undefined {
  return workloadOfCause(tenant, cause)
    ?.pods.find(({ name }) => name === cause.pod)
    ?.containers.find(({ name }) => name === cause.container)?.lastExit?.reason;
}

/** The workload a cause names; `undefined` when it names something else. Pure. */
export function workloadOfCause(
  tenant: Tenant,
  cause: Cause,
): Workload | undefined {
  return environmentOfCause(tenant, cause)
    ?.modules.flatMap(module => module.workloads)
    .find(
      ({ kind, name, namespace }) =>
        kind === cause.object.kind &&
        name === cause.object.name &&
        namespace === cause.namespace,
    );
}
