// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import type { QueryChange } from '../../../navigation';
import type { ObjectPlace } from '../../../components/objectAddress';

/** Where the logs of an object are, and whether there is one from before a restart. */
export type ObjectLogs = {
  readonly query: QueryChange;
  readonly previous?: QueryChange;
};

/** Selects the logs of a workload or pod of the tenant; `undefined` for what writes none. */
export function objectLogs(
  tenant: Pick<Tenant, 'environments'>,
  { cluster, kind, namespace, name }: ObjectPlace,
): ObjectLogs | undefined {
  const places = tenant.environments
    .filter(environment => environment.cluster === cluster)
    .flatMap(environment =>
      environment.modules.flatMap(module =>
        module.workloads.map(workload => ({ environment, module, workload })),
      ),
    );
  for (const { environment, module, workload } of places) {
    const query = { env: environment.name, module: module.name };
    const isIt = workload.kind === kind && workload.namespace === namespace;
    if (isIt && workload.name === name && kind !== 'Pod') {
      return { query: { ...query, workload: name } };
    }
    const pod =
      kind === 'Pod'
        ? workload.pods.find(p => p.name === name && p.namespace === namespace)
        : undefined;
    if (pod) {
      const ended = pod.containers.find(({ lastExit }) => lastExit);
      const ofPod = { ...query, pod: name };
      return {
        query: ofPod,
        ...(ended
          ? {
              previous: { ...ofPod, container: ended.name, previous: '1' },
            }
          : {}),
      };
    }
  }
  return undefined;
}
