// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import {
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  valueAt,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { age } from './age';
import {
  NONE,
  joined,
  selectorText,
  servicePorts,
  externalAddress,
  jobStatus,
  jobDuration,
  nodeStatus,
  nodeRoles,
  quotaText,
  lastSeen,
  eventSubject,
  accessModes,
  roleText,
  subjectsText,
  hpaTargets,
} from './cells';
import { pathSteps, stepInto } from './jsonPath';
import { podReady, podRestarts, podStatus } from './podColumns';

export type Cell = string | number | boolean | null;
/** One column of `kubectl get`; priority 1 is shown only with `-o wide`. */
export type Column = {
  readonly name: string;
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  readonly cell: (object: KubeObject, now: number) => Cell;
};

const NAME: Column = { name: 'Name', cell: object => object.metadata.name };
const AGE: Column = {
  name: 'Age',
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};

const CREATED: Column = {
  name: 'Created At',
  type: 'date',
  cell: object => object.metadata.creationTimestamp,
};

function column(name: string, cell: Column['cell'], priority = 0): Column {
  return { name, cell, priority };
}

function text(
  name: string,
  path: string,
  options: { none?: string; wide?: boolean } = {},
): Column {
  const fields = path.split('.');
  return column(
    name,
    object => scalar(valueAt(object, fields)) ?? options.none ?? NONE,
    options.wide ? 1 : 0,
  );
}

function count(name: string, path: string): Column {
  const fields = path.split('.');
  return {
    name,
    type: 'integer',
    cell: object => numberOf(valueAt(object, fields)),
  };
}

function scalar(value: unknown): string | undefined {
  return value === undefined || value === null || value === ''
    ? undefined
    : String(value);
}

function templateColumns(path: readonly string[]): Column[] {
  const containers = (object: KubeObject) =>
    recordsOf(valueAt(object, [...path, 'containers']));
  return [
    column(
      'Containers',
      object => joined(containers(object).map(item => item.name)),
      1,
    ),
    column(
      'Images',
      object => joined(containers(object).map(item => item.image)),
      1,
    ),
  ];
}

const SELECTOR = column(
  'Selector',
  object => selectorText(object.spec?.selector),
  1,
);
const WIDE = [...templateColumns(['spec', 'template', 'spec']), SELECTOR];

function keys(path: string): Column['cell'] {
  return object => Object.keys(recordOf(valueAt(object, [path]))).length;
}

const PODS: readonly Column[] = [
  NAME,
  column('Ready', podReady),
  column('Status', podStatus),
  column('Restarts', podRestarts),
  AGE,
  text('IP', 'status.podIP', { wide: true }),
  text('Node', 'spec.nodeName', { wide: true }),
  text('Nominated Node', 'status.nominatedNodeName', { wide: true }),
  column('Readiness Gates', () => NONE, 1),
];

const BINDING: readonly Column[] = [
  NAME,
  column('Role', roleText),
  AGE,
  column('Users', object => subjectsText(object, 'User'), 1),
  column('Groups', object => subjectsText(object, 'Group'), 1),
  column(
    'ServiceAccounts',
    object => subjectsText(object, 'ServiceAccount'),
    1,
  ),
];

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  pods: PODS,
  namespaces: [NAME, text('Status', 'status.phase'), AGE],
  nodes: [
    NAME,
    column('Status', nodeStatus),
    column('Roles', nodeRoles),
    AGE,
    text('Version', 'status.nodeInfo.kubeletVersion'),
  ],
  services: [
    NAME,
    text('Type', 'spec.type'),
    text('Cluster-IP', 'spec.clusterIP'),
    column('External-IP', externalAddress),
    column('Port(s)', servicePorts),
    AGE,
    SELECTOR,
  ],
  events: [
    column('Last Seen', lastSeen),
    text('Type', 'type', { none: '' }),
    text('Reason', 'reason', { none: '' }),
    column('Object', eventSubject),
    text('Subobject', 'involvedObject.fieldPath', { none: '', wide: true }),
    text('Source', 'source.component', { none: '', wide: true }),
    text('Message', 'message', { none: '' }),
    column(
      'First Seen',
      (object, now) =>
        age(
          textOf(object.firstTimestamp) ?? object.metadata.creationTimestamp,
          now,
        ),
      1,
    ),
    column('Count', object => numberOf(object.count, 1), 1),
    { ...NAME, priority: 1 },
  ],
  'deployments.apps': [
    NAME,
    column(
      'Ready',
      object =>
        `${numberOf(object.status?.readyReplicas)}/${numberOf(
          object.spec?.replicas,
        )}`,
    ),
    { ...count('Up-to-date', 'status.updatedReplicas'), type: 'string' },
    { ...count('Available', 'status.availableReplicas'), type: 'string' },
    AGE,
    ...WIDE,
  ],
  'replicasets.apps': [
    NAME,
    count('Desired', 'spec.replicas'),
    count('Current', 'status.replicas'),
    count('Ready', 'status.readyReplicas'),
    AGE,
    ...WIDE,
  ],
  'statefulsets.apps': [
    NAME,
    column(
      'Ready',
      object =>
        `${numberOf(object.status?.readyReplicas)}/${numberOf(
          object.spec?.replicas,
        )}`,
    ),
    AGE,
    ...WIDE.slice(0, 2),
  ],
  'daemonsets.apps': [
    NAME,
    count('Desired', 'status.desiredNumberScheduled'),
    count('Current', 'status.currentNumberScheduled'),
    count('Ready', 'status.numberReady'),
    count('Up-to-date', 'status.updatedNumberScheduled'),
    count('Available', 'status.numberAvailable'),
    column('Node Selector', object =>
      selectorText(
        valueAt(object, ['spec', 'template', 'spec', 'nodeSelector']),
      ),
    ),
    AGE,
    ...WIDE,
  ],
  'jobs.batch': [
    NAME,
    column('Status', jobStatus),
    column(
      'Completions',
      object =>
        `${numberOf(object.status?.succeeded)}/${numberOf(
          object.spec?.completions,
          1,
        )}`,
    ),
    column('Duration', jobDuration),
    AGE,
    ...WIDE,
  ],
  'cronjobs.batch': [
    NAME,
    text('Schedule', 'spec.schedule'),
    text('Timezone', 'spec.timeZone'),
    column('Suspend', object =>
      object.spec?.suspend === true ? 'True' : 'False',
    ),
    column('Active', object => recordsOf(object.status?.active).length),
    column('Last Schedule', (object, now) => {
      const at = textOf(object.status?.lastScheduleTime);
      return at ? age(at, now) : NONE;
    }),
    AGE,
    ...templateColumns(['spec', 'jobTemplate', 'spec', 'template', 'spec']),
  ],
  configmaps: [NAME, column('Data', keys('data')), AGE],
  secrets: [NAME, text('Type', 'type'), column('Data', keys('data')), AGE],
  serviceaccounts: [
    NAME,
    column('Secrets', object => recordsOf(object.secrets).length),
    AGE,
  ],
  resourcequotas: [
    NAME,
    column('Request', quotaText('requests')),
    column('Limit', quotaText('limits')),
    AGE,
  ],
  limitranges: [NAME, CREATED],
  persistentvolumeclaims: [
    NAME,
    text('Status', 'status.phase', { none: '' }),
    text('Volume', 'spec.volumeName', { none: '' }),
    text('Capacity', 'status.capacity.storage', { none: '' }),
    column('Access Modes', object => accessModes(object.spec?.accessModes)),
    text('StorageClass', 'spec.storageClassName', { none: '' }),
    text('VolumeAttributesClass', 'spec.volumeAttributesClassName', {
      none: '<unset>',
    }),
    AGE,
    text('VolumeMode', 'spec.volumeMode', { wide: true }),
  ],
  'networkpolicies.networking.k8s.io': [
    NAME,
    column('Pod-Selector', object => selectorText(object.spec?.podSelector)),
    AGE,
  ],
  'ingresses.networking.k8s.io': [
    NAME,
    text('Class', 'spec.ingressClassName'),
    column('Hosts', object =>
      joined(recordsOf(object.spec?.rules).map(rule => rule.host ?? '*')),
    ),
    column('Address', object => {
      const found = externalAddress(object);
      return found === NONE ? '' : found;
    }),
    column('Ports', object =>
      recordsOf(object.spec?.tls).length > 0 ? '80, 443' : '80',
    ),
    AGE,
  ],
  'horizontalpodautoscalers.autoscaling': [
    NAME,
    column('Reference', object => {
      const ref = recordOf(object.spec?.scaleTargetRef);
      return `${String(ref.kind)}/${String(ref.name)}`;
    }),
    column('Targets', hpaTargets),
    count('MinPods', 'spec.minReplicas'),
    count('MaxPods', 'spec.maxReplicas'),
    count('Replicas', 'status.currentReplicas'),
    AGE,
  ],
  'rolebindings.rbac.authorization.k8s.io': BINDING,
  'clusterrolebindings.rbac.authorization.k8s.io': BINDING,
  'roles.rbac.authorization.k8s.io': [NAME, CREATED],
  'clusterroles.rbac.authorization.k8s.io': [NAME, CREATED],
  'leases.coordination.k8s.io': [
    NAME,
    text('Holder', 'spec.holderIdentity', { none: '' }),
    AGE,
  ],
  'customresourcedefinitions.apiextensions.k8s.io': [NAME, CREATED],
};

const CELL_TYPES: Readonly<Record<string, Column['type']>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
};

function customColumn(row: JsonRecord): Column {
  const path = pathSteps(textOf(row.jsonPath) ?? '');
  const type = CELL_TYPES[textOf(row.type) ?? ''] ?? 'string';
  return {
    name: textOf(row.name) ?? '',
    type,
    format: textOf(row.format),
    description: textOf(row.description),
    priority: numberOf(row.priority),
    cell: (object, now) => customCell(type, stepInto(object, path), now),
  };
}

function customCell(type: Column['type'], value: unknown, now: number): Cell {
  if (value === undefined || value === null) return null;
  if (type === 'integer')
    return typeof value === 'number' ? Math.trunc(value) : null;
  if (type === 'number') return typeof value === 'number' ? value : null;
  if (type === 'boolean') return typeof value === 'boolean' ? value : null;
  if (type === 'date') return age(String(value), now);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The columns `kubectl get` shows of a kind. */
export function columnsOf(kind: Kind): readonly Column[] {
  if (Object.hasOwn(COLUMNS, kind.resource)) return COLUMNS[kind.resource];
  if (kind.columns.length === 0) return [NAME, AGE];
  return [NAME, ...kind.columns.map(customColumn)];
}
