// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  Health,
  HealthCounts,
  Pod,
  Tenant,
  TenantModule,
  Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import type { QueryChange } from '../../navigation';
import { objectAddress } from '../objectAddress';

/** What a row of the roll-up tree stands for. `more` folds healthy siblings. */
export type RollUpKind = 'environment' | 'module' | 'workload' | 'pod' | 'more';

/** What a row is of, so that something can be done with it; no more than that needs, so that a row is drawn anew only when that changes. */
export type RollUpSubject = {
  readonly environment: { readonly name: string; readonly isAsleep: boolean };
  readonly module?: string;
  /** Of a pod, the one it belongs to. */
  readonly workload?: Pick<Workload, 'kind' | 'name' | 'replicas'>;
};

/** Where the metrics of a pod or a workload are found, and whether there can be any. */
export type Measured = {
  readonly cluster: string;
  readonly uid: string;
  /** `idle`: no container of it runs now; `ended`: none will again. */
  readonly state: 'running' | 'idle' | 'ended';
};

/** One row of the roll-up tree with what is under it. */
export type RollUpNode = {
  readonly id: string;
  readonly kind: RollUpKind;
  /** Of what kind the folded siblings are; only for `more`. */
  readonly folded?: Exclude<RollUpKind, 'more'>;
  readonly name: string;
  readonly detail: string;
  readonly cluster: string;
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
  /** Only of pods and workloads; what is above them is their sum. */
  readonly measured?: Measured;
  /** The object behind the row as addresses name it; absent where there is none that is shown whole. */
  readonly object?: string;
};

/** Adds up what rows say of their pods. Pure. */
export function sums(children: readonly RollUpNode[]) {
  return children.reduce(
    (sum, child) => ({
      ready: sum.ready + child.ready,
      total: sum.total + child.total,
      restarts: sum.restarts + child.restarts,
    }),
    { ready: 0, total: 0, restarts: 0 },
  );
}

/** What is said of health in a row: its times and its message change without a word of the row. */
function briefly({ code, reason }: Health): RollUpNode['health'] {
  return { code, reason };
}

function placeOf({ name, health }: Environment): RollUpSubject['environment'] {
  return { name, isAsleep: health.code === 'Suspended' };
}

/** What a node is made under. */
type Under = {
  readonly parent: string;
  readonly cluster: string;
  readonly logs: QueryChange;
  readonly subject: RollUpSubject;
};

function stateOf({ phase, containers }: Pod): Measured['state'] {
  if (phase === 'Succeeded' || phase === 'Failed') return 'ended';
  return containers.some(({ state }) => state === 'running')
    ? 'running'
    : 'idle';
}

function podNode(pod: Pod, under: Under): RollUpNode {
  const { parent, cluster, logs, subject } = under;
  return {
    id: `${parent}/${pod.name}`,
    subject,
    measured: { cluster, uid: pod.uid, state: stateOf(pod) },
    cluster,
    kind: 'pod',
    name: pod.name,
    detail: '',
    health: briefly(pod.health),
    ready: pod.ready ? 1 : 0,
    total: 1,
    restarts: pod.restarts,
    children: [],
    logs: { ...logs, pod: pod.name },
    object: objectAddress({
      cluster,
      kind: 'Pod',
      namespace: pod.namespace,
      name: pod.name,
    }),
  };
}

function workloadNode(workload: Workload, under: Under): RollUpNode {
  const { parent, cluster, logs } = under;
  const { kind, name, namespace, uid, replicas, pods } = workload;
  const subject = { ...under.subject, workload: { kind, name, replicas } };
  const id = `${parent}/${kind}:${namespace}:${name}`;
  return {
    id,
    kind: 'workload',
    name,
    detail: kind,
    cluster,
    health: briefly(workload.health),
    ready: replicas?.ready ?? pods.filter(pod => pod.ready).length,
    total: replicas?.desired ?? pods.length,
    restarts: workload.restarts,
    children: pods.map(pod =>
      podNode(pod, { parent: id, cluster, logs, subject }),
    ),
    logs: { ...logs, workload: name },
    subject,
    measured: { cluster, uid, state: 'running' },
    object: objectAddress({ cluster, kind, namespace, name }),
  };
}

function moduleNode(
  module: TenantModule,
  environment: Environment,
  parent: string,
): RollUpNode {
  const id = `${parent}/${module.name}`;
  const logs = { env: environment.name, module: module.name };
  const subject = { environment: placeOf(environment), module: module.name };
  const { cluster } = environment;
  const children = module.workloads.map(w =>
    workloadNode(w, { parent: id, cluster, logs, subject }),
  );
  return {
    id,
    kind: 'module',
    name: module.name,
    detail: module.release ?? '',
    cluster,
    health: briefly(module.health),
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
    cluster: environment.cluster,
    health: briefly(environment.health),
    counts: environment.health.counts,
    children,
    logs: { env: environment.name },
    subject: { environment: placeOf(environment) },
    ...sums(children),
  };
}

/** The tree of a tenant: environment, module, workload, pod. Pure. */
export function buildRollUp(tenant: Tenant): RollUpNode[] {
  return tenant.environments.map(environmentNode);
}
