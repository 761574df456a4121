// SPDX-License-Identifier: Apache-2.0
import type {
  Tenant,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { ACTION_LIMITS, UNTRUSTED_NOTICE } from './ActionTools';

/** A tenant of a list, for a model to read. */
export function describeRow(row: TenantRow) {
  return {
    name: row.name,
    owner: row.owner ?? '',
    tier: row.tier ?? '',
    health: row.health.code,
    environments: row.environments.map(
      ({ name, cluster, code, freshness }) =>
        `${name} on ${cluster}: ${code}${
          freshness === 'synced' ? '' : ` (data ${freshness})`
        }`,
    ),
    modules: row.modules,
    pods: `${row.pods.ready} of ${row.pods.total} ready`,
  };
}

/** A tenant with what is wrong first, for a model to read. */
export function describeTenant(tenant: Tenant) {
  const { name, owner, tier, health, environments, causes, partial } = tenant;
  const workloads = environments.flatMap(environment =>
    environment.modules.flatMap(module =>
      module.workloads.map(workload => ({
        environment: environment.name,
        module: module.name,
        workload: `${workload.kind}/${workload.name}`,
        health: workload.health.code,
        message: workload.health.message,
        replicas: workload.replicas
          ? `${workload.replicas.ready} of ${workload.replicas.desired} ready`
          : '',
        restarts: workload.restarts,
      })),
    ),
  );
  return {
    name,
    owner: owner ?? '',
    tier: tier ?? '',
    health: health.code,
    counts: health.counts,
    environments: environments.map(environment => ({
      name: environment.name,
      cluster: environment.cluster,
      namespaces: environment.namespaces,
      state: environment.state,
      health: environment.health.code,
      freshness: environment.freshness,
      quota: environment.quota.map(
        line => `${line.resource}: ${line.used} of ${line.hard} ${line.unit}`,
      ),
    })),
    missing: partial.map(({ cluster, kind, message }) =>
      [cluster, kind, message].filter(Boolean).join(': '),
    ),
    workloadsLeftOut: Math.max(0, workloads.length - ACTION_LIMITS.workloads),
    notice: UNTRUSTED_NOTICE,
    untrusted: {
      causes: causes.slice(0, ACTION_LIMITS.causes).map(cause => ({
        environment: cause.environment,
        module: cause.module,
        object: `${cause.object.kind}/${cause.object.name}`,
        code: cause.code,
        reason: cause.reason,
        message: cause.message,
        since: cause.since ?? '',
        pod: cause.pod ?? '',
        container: cause.container ?? '',
        previousLog: cause.previousLog,
      })),
      workloads: workloads.slice(0, ACTION_LIMITS.workloads),
    },
  };
}
