// SPDX-License-Identifier: Apache-2.0
import {
  logPositionSchema,
  type LogSelection,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';

/** Lines read on each side of the line of a link. */
const AROUND_LINES = 500;

/** Ranges to choose from, in seconds. */
export const RANGES = ['900', '3600', '21600', '86400'] as const;

function isTime(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

/** From when to when lines are read. */
function parseRange(read: (name: string) => string | undefined): LogSelection {
  const from = read('from');
  const to = read('to');
  const since = Number(read('since'));
  const tailLines = 'all' as const;
  if (isTime(from)) {
    return isTime(to)
      ? { sinceTime: from, untilTime: to, tailLines, follow: false }
      : { sinceTime: from, tailLines };
  }
  return since > 0 ? { sinceSeconds: since, tailLines } : {};
}

/** Reads the selection of an address. */
export function parseLogSelection(search: URLSearchParams): LogSelection {
  const previous = search.get('previous') === '1';
  const read = (name: string) => search.get(name) || undefined;
  const line = read('line');
  const selection: LogSelection = {
    environment: read('env'),
    module: read('module'),
    workload: read('workload'),
    pod: read('pod'),
    container: read('container'),
    partial: true,
    previous,
    // A container that ended writes nothing more.
    follow: !previous,
  };
  if (line !== undefined && logPositionSchema.safeParse(line).success) {
    return {
      ...selection,
      follow: false,
      around: line,
      linesBefore: AROUND_LINES,
      linesAfter: AROUND_LINES,
      scope: 'all',
    };
  }
  const range = parseRange(read);
  return previous
    ? { ...selection, ...range, follow: false }
    : { ...selection, ...range };
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
