// SPDX-License-Identifier: Apache-2.0
import { timestamp } from '../storage/timestamp';

type Fields = { [name: string]: Fields };

/** Builds a field set from paths; a dot stands between members. */
function fieldsOf(paths: readonly string[]): Fields {
  const root: Fields = {};
  for (const path of paths) {
    let at = root;
    for (const part of path.split(' ')) {
      at[part] ??= {};
      at = at[part];
    }
  }
  return root;
}

function entry(
  manager: string,
  options: {
    apiVersion: string;
    time: string;
    fields: Fields;
    subresource?: string;
  },
) {
  const { apiVersion, time, fields, subresource } = options;
  return {
    manager,
    operation: 'Update',
    apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(subresource ? { subresource } : {}),
  };
}

const CONTAINER = 'f:spec f:containers k:{"name":"main"}';
const CONTAINER_FIELDS = [
  '.',
  'f:args',
  'f:env',
  'f:image',
  'f:imagePullPolicy',
  'f:livenessProbe',
  'f:name',
  'f:ports',
  'f:readinessProbe',
  'f:resources',
  'f:securityContext',
  'f:terminationMessagePath',
  'f:terminationMessagePolicy',
  'f:volumeMounts',
];
const ENV = [
  'LOG_LEVEL',
  'HTTP_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'DATABASE_HOST',
  'CACHE_HOST',
  'QUEUE_NAME',
  'POD_NAME',
  'DATABASE_PASSWORD',
];
const PROBE = [
  '.',
  'f:failureThreshold',
  'f:httpGet',
  'f:periodSeconds',
  'f:successThreshold',
  'f:timeoutSeconds',
];
const POD_CONDITIONS = [
  'ContainersReady',
  'Initialized',
  'PodReadyToStartContainers',
  'Ready',
];
const CONDITION = [
  '.',
  'f:lastProbeTime',
  'f:lastTransitionTime',
  'f:status',
  'f:type',
];

const LABELS = [
  'app.kubernetes.io/instance',
  'app.kubernetes.io/name',
  'app.kubernetes.io/version',
  'pod-template-hash',
  'tenantry.dev/module',
  'tenantry.dev/tenant',
];
const ANNOTATIONS = [
  'prometheus.io/scrape',
  'prometheus.io/port',
  'checksum/config',
];
const POD_SPEC = [
  'dnsPolicy',
  'enableServiceLinks',
  'restartPolicy',
  'schedulerName',
  'securityContext',
  'serviceAccountName',
  'terminationGracePeriodSeconds',
  'volumes',
];
const POD_STATUS = [
  'containerStatuses',
  'hostIP',
  'hostIPs',
  'phase',
  'podIP',
  'podIPs',
  'startTime',
];

const CONTROLLER = fieldsOf([
  ...LABELS.map(name => `f:metadata f:labels f:${name}`),
  ...ANNOTATIONS.map(name => `f:metadata f:annotations f:${name}`),
  'f:metadata f:generateName',
  ...containerPaths(),
  ...POD_SPEC.map(name => `f:spec f:${name}`),
]);
const KUBELET = fieldsOf([
  ...POD_CONDITIONS.flatMap(type =>
    CONDITION.map(
      field => `f:status f:conditions k:{"type":"${type}"} ${field}`,
    ),
  ),
  ...POD_STATUS.map(name => `f:status f:${name}`),
]);

/** Who wrote which field of a pod: its controller and its kubelet. */
export function podFields(at: number, ownerUid: string): unknown[] {
  const time = timestamp(at);
  const owner = { [`k:{"uid":"${ownerUid}"}`]: {} };
  const fields = {
    ...CONTROLLER,
    'f:metadata': { ...CONTROLLER['f:metadata'], 'f:ownerReferences': owner },
  };
  return [
    entry('kube-controller-manager', { apiVersion: 'v1', time, fields }),
    entry('kubelet', {
      apiVersion: 'v1',
      time,
      fields: KUBELET,
      subresource: 'status',
    }),
  ];
}

function containerPaths(): string[] {
  const probes = ['f:livenessProbe', 'f:readinessProbe'];
  return [
    ...CONTAINER_FIELDS.map(name => `${CONTAINER} ${name}`),
    ...ENV.flatMap(name =>
      ['.', 'f:name', 'f:value'].map(
        field => `${CONTAINER} f:env k:{"name":"${name}"} ${field}`,
      ),
    ),
    ...probes.flatMap(probe =>
      PROBE.map(field => `${CONTAINER} ${probe} ${field}`),
    ),
    ...probes.flatMap(probe =>
      ['f:path', 'f:port', 'f:scheme'].map(
        field => `${CONTAINER} ${probe} f:httpGet ${field}`,
      ),
    ),
  ];
}

const WORKLOAD_SPEC = fieldsOf([
  ...['f:replicas', 'f:selector', 'f:strategy'].map(name => `f:spec ${name}`),
  ...CONTAINER_FIELDS.map(name => `f:spec f:template ${CONTAINER} ${name}`),
]);
const WORKLOAD_STATUS = fieldsOf(
  [
    'f:availableReplicas',
    'f:observedGeneration',
    'f:readyReplicas',
    'f:replicas',
  ].map(name => `f:status ${name}`),
);

/** Who wrote which field of a Deployment or ReplicaSet. */
export function workloadFields(at: number): unknown[] {
  const time = timestamp(at);
  return [
    entry('tenantry', { apiVersion: 'apps/v1', time, fields: WORKLOAD_SPEC }),
    entry('kube-controller-manager', {
      apiVersion: 'apps/v1',
      time,
      fields: WORKLOAD_STATUS,
      subresource: 'status',
    }),
  ];
}
