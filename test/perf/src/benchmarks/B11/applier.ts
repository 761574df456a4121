// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import {
  operationRequestSchema,
  type OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { HttpKubeApi } from '../../../../../plugins/tenants-backend/src/kube/HttpKubeApi';
import { inApplyOrder } from '../../../../../plugins/tenants-backend/src/modules/manifests';
import { createExecutors } from '../../../../../plugins/tenants-backend/src/operations/effects';
import { FakePlanner } from '../../../../../plugins/tenants-backend/src/operations/effects/testing/FakePlanner';
import type { PlannedEnvironment } from '../../../../../plugins/tenants-backend/src/modules/Planner';
import { runOperation } from '../../../../../plugins/tenants-backend/src/operations/effects/testing/OperationRun';
import { plannedEnvironment } from '../../../../../plugins/tenants-backend/src/operations/effects/testing/plannedEnvironment';
import { EnvironmentRecords } from '../../../../../plugins/tenants-backend/src/records/EnvironmentRecords';
import { systemClock } from '../../../../../plugins/tenants-backend/src/time/Clock';
import { SYSTEM_NAMESPACE } from './place';

const PREFIX = 'tenantry.dev';

/** The objects of an environment, in the order in which a planner has them: three for each module. */
export function environmentOf(modules: number): PlannedEnvironment {
  const planned = plannedEnvironment(
    Array.from({ length: modules }, (_, at) => ({ name: `m${at}` })),
  );
  return { ...planned, objects: inApplyOrder(planned.objects) };
}

/** The manifests alone, as kubectl gets them. */
export function manifestsOf(modules: number): readonly KubeManifest[] {
  return environmentOf(modules).objects.map(({ manifest }) => manifest);
}

/** Our executors on one server: planned objects in, requests out. Health is not waited for, as kubectl does not either. */
export class Applier {
  private readonly planner = new FakePlanner();
  private readonly api: HttpKubeApi;
  private readonly records: EnvironmentRecords;
  private readonly executors;
  private operations = 0;

  constructor(server: { readonly url: string; readonly token: string }) {
    const { token, url } = server;
    this.api = new HttpKubeApi({
      cluster: 'eu',
      server: { url },
      credential: async () => ({ type: 'bearer token', token }),
      clock: systemClock,
    });
    const kubeApi = () => this.api;
    this.records = new EnvironmentRecords({
      clusters: () => ['eu'],
      kubeApi,
      systemNamespace: SYSTEM_NAMESPACE,
      prefix: PREFIX,
      tooling: 'bench',
      clock: systemClock,
    });
    this.executors = createExecutors({
      planner: this.planner,
      records: this.records,
      revisions: { add: async () => undefined },
      kubeApi,
      live: {
        workload: () => ({
          health: { code: 'Healthy', reason: 'Available', message: '' },
        }),
        isCurrent: () => true,
      },
      clock: systemClock,
      newSecret: () => 'unused',
      settings: {
        prefix: PREFIX,
        systemNamespace: SYSTEM_NAMESPACE,
        healthTimeoutMs: 60_000,
        degradedMs: 60_000,
        goneTimeoutMs: 60_000,
      },
    });
  }

  /** Reads what the environment is, as a planner does. */
  async plan(modules: number): Promise<void> {
    const { signal } = new AbortController();
    const planned = environmentOf(modules);
    const { records } = await this.records.ofTenant('shop', signal);
    const [previous] = records;
    this.planner.environments = [{ ...planned, ...(previous && { previous }) }];
  }

  /** Applies the environment as it is planned; returns what became of how many objects. */
  async apply(): Promise<Readonly<Record<string, number>>> {
    this.operations += 1;
    const request: OperationRequestInput = {
      type: 'apply',
      environments: this.planner.environments.map(({ record }) => record.spec),
    };
    const { changes, errors } = await runOperation(
      this.executors,
      operationRequestSchema.parse(request),
      { id: `op-${this.operations}`, tenant: 'shop', fence: this.operations },
    );
    const [error] = errors;
    if (error) throw new Error(error.message);
    const counts: Record<string, number> = {};
    for (const { action } of changes) {
      counts[action] = (counts[action] ?? 0) + 1;
    }
    return counts;
  }

  async close(): Promise<void> {
    await this.api.close();
  }
}
