// SPDX-License-Identifier: Apache-2.0
import {
  compareHealthByUrgency,
  type Environment,
  type Health,
  type HealthCounts,
  type Pod,
  type Tenant,
  type TenantModule,
  type Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import type { QueryChange } from '../navigation';

/** What a row of the roll-up tree stands for. `more` folds healthy siblings. */
export type RollUpKind = 'environment' | 'module' | 'workload' | 'pod' | 'more';

/** What a row is of, so that something can be done with it. */
export type RollUpSubject = {
  readonly environment: Environment;
  readonly module?: string;
  /** Of a pod, the one it belongs to. */
  readonly workload?: Workload;
};

/** One row of the roll-up tree with what is under it. */
export type RollUpNode = {
  readonly id: string;
  readonly kind: RollUpKind;
  /** Of what kind the folded siblings are; only for `more`. */
  readonly folded?: Exclude<RollUpKind, 'more'>;
  readonly name: string;
  readonly detail: string;
  readonly health: Pick<Health, 'code' | 'reason'>;
  readonly counts?: HealthCounts;
  readonly ready: number;
  readonly total: number;
  readonly restarts: number;
  readonly children: readonly RollUpNode[];
  /** Selects the logs of the row. */
  readonly logs?: QueryChange;
  /** Absent of folded rows. */
  readonly subject?: RollUpSubject;
};

/** A row as it is drawn. */
export type RollUpRow = {
  readonly node: RollUpNode;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
};

function sums(children: readonly RollUpNode[]) {
  return children.reduce(
    (sum, child) => ({
      ready: sum.ready + child.ready,
      total: sum.total + child.total,
      restarts: sum.restarts + child.restarts,
    }),
    { ready: 0, total: 0, restarts: 0 },
  );
}

/** What a node is made under. */
type Under = {
  readonly parent: string;
  readonly logs: QueryChange;
  readonly subject: RollUpSubject;
};

function podNode(pod: Pod, { parent, logs, subject }: Under): RollUpNode {
  return {
    id: `${parent}/${pod.name}`,
    subject,
    kind: 'pod',
    name: pod.name,
    detail: '',
    health: pod.health,
    ready: pod.ready ? 1 : 0,
    total: 1,
    restarts: pod.restarts,
    children: [],
    logs: { ...logs, pod: pod.name },
  };
}

function workloadNode(workload: Workload, under: Under): RollUpNode {
  const { parent, logs } = under;
  const subject = { ...under.subject, workload };
  const id = `${parent}/${workload.kind}:${workload.namespace}:${workload.name}`;
  const own = { ...logs, workload: workload.name };
  const { replicas, pods } = workload;
  return {
    id,
    kind: 'workload',
    name: workload.name,
    detail: workload.kind,
    health: workload.health,
    ready: replicas?.ready ?? pods.filter(pod => pod.ready).length,
    total: replicas?.desired ?? pods.length,
    restarts: workload.restarts,
    children: pods.map(pod => podNode(pod, { parent: id, logs, subject })),
    logs: own,
    subject,
  };
}

function moduleNode(
  module: TenantModule,
  environment: Environment,
  parent: string,
): RollUpNode {
  const id = `${parent}/${module.name}`;
  const logs = { env: environment.name, module: module.name };
  const subject = { environment, module: module.name };
  const children = module.workloads.map(w =>
    workloadNode(w, { parent: id, logs, subject }),
  );
  return {
    id,
    kind: 'module',
    name: module.name,
    detail: module.release ?? '',
    health: module.health,
    counts: module.health.counts,
    children,
    logs,
    subject,
    ...sums(children),
  };
}

function environmentNode(environment: Environment): RollUpNode {
  const id = `${environment.cluster}/${environment.name}`;
  const children = environment.modules.map(m => moduleNode(m, environment, id));
  return {
    id,
    kind: 'environment',
    name: environment.name,
    detail: environment.cluster,
    health: environment.health,
    counts: environment.health.counts,
    children,
    logs: { env: environment.name },
    subject: { environment },
    ...sums(children),
  };
}

/** The tree of a tenant: environment, module, workload, pod. Pure. */
export function buildRollUp(tenant: Tenant): RollUpNode[] {
  return tenant.environments.map(environmentNode);
}

function isQuiet(node: RollUpNode): boolean {
  return node.health.code === 'Healthy' || node.health.code === 'Suspended';
}

/** Folds quiet siblings into one row wherever something beside them is not, and puts what is wrong first. Pure. */
export function foldHealthy(nodes: readonly RollUpNode[]): RollUpNode[] {
  const folded = nodes.map(node => ({
    ...node,
    children: foldHealthy(node.children),
  }));
  const loud = folded
    .filter(node => !isQuiet(node))
    .sort((a, b) => compareHealthByUrgency(a.health.code, b.health.code));
  const quiet = folded.filter(isQuiet);
  const [first] = quiet;
  if (loud.length === 0 || quiet.length < 2 || first.kind === 'environment') {
    return [...loud, ...quiet];
  }
  return [...loud, moreNode(quiet, first)];
}

function moreNode(quiet: readonly RollUpNode[], first: RollUpNode): RollUpNode {
  return {
    id: `${first.id.slice(0, first.id.lastIndexOf('/'))}/…`,
    kind: 'more',
    folded: first.kind === 'more' ? undefined : first.kind,
    name: String(quiet.length),
    detail: '',
    health: quiet.every(node => node.health.code === 'Suspended')
      ? first.health
      : { code: 'Healthy', reason: '' },
    children: quiet,
    ...sums(quiet),
  };
}

/** The ids of the path to the worst pod: what stands open at first. */
export function worstPath(nodes: readonly RollUpNode[]): string[] {
  const worst = nodes.find(node => !isQuiet(node));
  if (!worst || worst.children.length === 0) return [];
  return [worst.id, ...worstPath(worst.children)];
}

/** Every id that has something under it. */
export function allParents(nodes: readonly RollUpNode[]): string[] {
  return nodes.flatMap(node =>
    node.children.length > 0 ? [node.id, ...allParents(node.children)] : [],
  );
}

/** The rows to draw, given what stands open. Pure. */
export function visibleRows(
  nodes: readonly RollUpNode[],
  open: ReadonlySet<string>,
  level = 1,
): RollUpRow[] {
  return nodes.flatMap((node, index) => [
    { node, level, position: index + 1, siblings: nodes.length },
    ...(open.has(node.id) ? visibleRows(node.children, open, level + 1) : []),
  ]);
}
