// SPDX-License-Identifier: Apache-2.0
import type {
  LogSelection,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';

/** Reads the selection of an address. */
export function parseLogSelection(search: URLSearchParams): LogSelection {
  const previous = search.get('previous') === '1';
  const read = (name: string) => search.get(name) || undefined;
  return {
    environment: read('env'),
    module: read('module'),
    workload: read('workload'),
    pod: read('pod'),
    container: read('container'),
    previous,
    // A container that ended writes nothing more.
    follow: !previous,
  };
}

/** What can be chosen, each list narrowed by what was chosen before it. */
export type LogOptions = {
  readonly environments: readonly string[];
  readonly modules: readonly string[];
  readonly pods: readonly string[];
  readonly containers: readonly string[];
};

/** The names to choose from. Pure. */
export function logOptions(
  tenant: Tenant,
  selection: LogSelection,
): LogOptions {
  const { environment, module, workload, pod } = selection;
  const modules = tenant.environments
    .filter(e => environment === undefined || e.name === environment)
    .flatMap(e => e.modules);
  const pods = modules
    .filter(m => module === undefined || m.name === module)
    .flatMap(m => m.workloads)
    .filter(w => workload === undefined || w.name === workload)
    .flatMap(w => w.pods);
  const containers = pods
    .filter(p => pod === undefined || p.name === pod)
    .flatMap(p => p.containers);
  return {
    environments: unique(tenant.environments),
    modules: unique(modules),
    pods: unique(pods),
    containers: unique(containers),
  };
}

function unique(named: readonly { readonly name: string }[]): string[] {
  return [...new Set(named.map(item => item.name))].sort();
}
