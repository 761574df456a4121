// SPDX-License-Identifier: Apache-2.0
import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  tenantsHealthExtensionPoint,
  tenantsTenantSourceExtensionPoint,
  type CustomHealthCheck,
  type TenantSource,
} from '@tenantry/backstage-plugin-tenants-node';

const PROJECT = 'field.cattle.io/projectId';

/** A namespace belongs to the tenant named like its Rancher project. */
const rancherProjects: TenantSource = {
  id: 'rancher-projects',
  claimOf: ({ annotations }) => {
    const [, project] = (annotations[PROJECT] ?? '').split(':');
    return project ? { tenant: project } : undefined;
  },
};

/** A database cluster is healthy when all its instances are ready. */
const judgeDatabase: CustomHealthCheck = (
  { name, phase, fields },
  { pods },
) => {
  const { instances, ready = 0 } = fields;
  // The generic rules judge what its controller has not looked at yet.
  if (instances === undefined) return undefined;
  if (ready === instances) {
    return { code: 'Healthy', reason: 'Ready', message: '' };
  }
  const failing = pods.find(({ health }) => health.code === 'Degraded');
  return {
    code: failing ? 'Degraded' : 'Progressing',
    reason: 'InstancesNotReady',
    message: `Database ${name} has ${ready} of ${instances} instances ready: ${
      failing?.health.message ?? phase ?? 'no phase is given'
    }`,
  };
};

export const tenantsModuleExample = createBackendModule({
  pluginId: 'tenants',
  moduleId: 'example',
  register(env) {
    env.registerInit({
      deps: {
        sources: tenantsTenantSourceExtensionPoint,
        health: tenantsHealthExtensionPoint,
      },
      async init({ sources, health }) {
        sources.addSource(rancherProjects);
        health.addKind({
          type: {
            group: 'postgresql.cnpg.io',
            version: 'v1',
            resource: 'clusters',
            kind: 'Cluster',
            namespaced: true,
          },
          fields: {
            instances: ['spec', 'instances'],
            ready: ['status', 'readyInstances'],
          },
          check: judgeDatabase,
        });
      },
    });
  },
});
