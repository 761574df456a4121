// SPDX-License-Identifier: Apache-2.0
import {
  ensureRecord,
  isRecord,
  recordOf,
  recordsOf,
  setDefault,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { defaultPod, defaultPodSpec } from './podDefaults';

type Fill = (object: KubeObject) => void;

function specOf(object: JsonRecord): JsonRecord {
  return ensureRecord(object, 'spec');
}

function fillTemplate(spec: JsonRecord): void {
  const template = ensureRecord(spec, 'template');
  defaultPodSpec(ensureRecord(template, 'spec'));
  const metadata = recordOf(template.metadata);
  // Go writes the time of a template that will never have one.
  template.metadata = { creationTimestamp: null, ...metadata };
}

function setDefaults(target: JsonRecord, values: JsonRecord): void {
  for (const [key, value] of Object.entries(values))
    setDefault(target, key, value);
}

function rollingUpdate(
  spec: JsonRecord,
  key: string,
  settings: JsonRecord,
): void {
  const strategy = ensureRecord(spec, key);
  setDefault(strategy, 'type', 'RollingUpdate');
  if (strategy.type === 'RollingUpdate')
    setDefaults(ensureRecord(strategy, 'rollingUpdate'), settings);
}

function job(object: KubeObject): void {
  const spec = specOf(object);
  fillTemplate(spec);
  setDefault(spec, 'parallelism', 1);
  if (spec.completions === undefined && spec.parallelism === 1)
    spec.completions = 1;
  setDefaults(spec, {
    backoffLimit: 6,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: 'TerminatingOrFailed',
  });
  selectOwnPods(object, spec);
  ensureRecord(object, 'status');
}

/** A job selects its pods by its own uid, which only the server knows. */
function selectOwnPods(object: KubeObject, spec: JsonRecord): void {
  if (spec.manualSelector === true || spec.selector !== undefined) return;
  const { uid, name } = object.metadata;
  spec.selector = {
    matchLabels: { 'batch.kubernetes.io/controller-uid': uid },
  };
  const labels = ensureRecord(
    ensureRecord(ensureRecord(spec, 'template'), 'metadata'),
    'labels',
  );
  Object.assign(labels, {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  });
}

function service(object: KubeObject): void {
  const spec = specOf(object);
  setDefaults(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  for (const port of recordsOf(spec.ports))
    setDefaults(port, { protocol: 'TCP', targetPort: port.port });
  if (spec.type !== 'ExternalName') {
    setDefault(spec, 'clusterIP', clusterAddress(object.metadata.uid));
    setDefaults(spec, {
      clusterIPs: [spec.clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    });
  }
  exposeService(object, spec);
  setDefault(ensureRecord(object, 'status'), 'loadBalancer', {});
}

const FIRST_NODE_PORT = 30_000;
const NODE_PORTS = 2768;
const AFFINITY_SECONDS = 10_800;

function exposeService(object: KubeObject, spec: JsonRecord): void {
  if (spec.sessionAffinity === 'ClientIP')
    setDefault(spec, 'sessionAffinityConfig', {
      clientIP: { timeoutSeconds: AFFINITY_SECONDS },
    });
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return;
  setDefault(spec, 'externalTrafficPolicy', 'Cluster');
  if (spec.type === 'LoadBalancer')
    setDefault(spec, 'allocateLoadBalancerNodePorts', true);
  const first = parseInt(object.metadata.uid.slice(4, 8), 16);
  for (const [at, port] of recordsOf(spec.ports).entries())
    setDefault(port, 'nodePort', FIRST_NODE_PORT + ((first + at) % NODE_PORTS));
}

function clusterAddress(uid: string): string {
  const digits = parseInt(uid.slice(0, 4), 16);
  return `10.96.${Math.floor(digits / 256)}.${digits % 256 || 1}`;
}

function namespace(object: KubeObject): void {
  setDefault(specOf(object), 'finalizers', ['kubernetes']);
  const labels = (object.metadata.labels ??= {});
  labels['kubernetes.io/metadata.name'] = object.metadata.name;
  setDefault(ensureRecord(object, 'status'), 'phase', 'Active');
}

function secret(object: KubeObject): void {
  setDefault(object, 'type', 'Opaque');
  if (!isRecord(object.stringData)) return;
  const data = ensureRecord(object, 'data');
  for (const [key, value] of Object.entries(object.stringData)) {
    data[key] = Buffer.from(String(value)).toString('base64');
  }
  delete object.stringData;
}

function limitRange(object: KubeObject): void {
  for (const item of recordsOf(specOf(object).limits)) {
    if (item.type !== 'Container') continue;
    const fallback = ensureRecord(item, 'default');
    setDefaults(fallback, recordOf(item.max));
    setDefaults(ensureRecord(item, 'defaultRequest'), fallback);
  }
}

function definition(object: KubeObject): void {
  const spec = specOf(object);
  const names = ensureRecord(spec, 'names');
  const kind = typeof names.kind === 'string' ? names.kind : '';
  setDefaults(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
  setDefault(spec, 'conversion', { strategy: 'None' });
}

/** What a binding names belongs to RBAC, and its users and groups do too. */
function binding(object: KubeObject): void {
  const group = 'rbac.authorization.k8s.io';
  if (isRecord(object.roleRef)) setDefault(object.roleRef, 'apiGroup', group);
  for (const subject of recordsOf(object.subjects))
    if (subject.kind === 'User' || subject.kind === 'Group')
      setDefault(subject, 'apiGroup', group);
}

const FILLS: Readonly<Record<string, Fill>> = {
  namespaces: namespace,
  pods: defaultPod,
  services: service,
  secrets: secret,
  limitranges: limitRange,
  resourcequotas: object =>
    setDefaults(ensureRecord(object, 'status'), {
      hard: specOf(object).hard ?? {},
      used: {},
    }),
  persistentvolumeclaims: object => {
    setDefault(specOf(object), 'volumeMode', 'Filesystem');
    setDefault(ensureRecord(object, 'status'), 'phase', 'Pending');
  },
  'deployments.apps': object => {
    const spec = specOf(object);
    setDefault(spec, 'replicas', 1);
    fillTemplate(spec);
    rollingUpdate(spec, 'strategy', { maxUnavailable: '25%', maxSurge: '25%' });
    setDefaults(spec, {
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    });
    ensureRecord(object, 'status');
  },
  'replicasets.apps': object => {
    setDefault(specOf(object), 'replicas', 1);
    fillTemplate(specOf(object));
    setDefault(ensureRecord(object, 'status'), 'replicas', 0);
  },
  'statefulsets.apps': object => {
    const spec = specOf(object);
    setDefaults(spec, {
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
    });
    fillTemplate(spec);
    rollingUpdate(spec, 'updateStrategy', { partition: 0 });
    setDefault(spec, 'persistentVolumeClaimRetentionPolicy', {
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
    setDefault(ensureRecord(object, 'status'), 'replicas', 0);
  },
  'daemonsets.apps': object => {
    const spec = specOf(object);
    fillTemplate(spec);
    rollingUpdate(spec, 'updateStrategy', { maxSurge: 0, maxUnavailable: 1 });
    setDefault(spec, 'revisionHistoryLimit', 10);
    setDefaults(ensureRecord(object, 'status'), {
      currentNumberScheduled: 0,
      numberMisscheduled: 0,
      desiredNumberScheduled: 0,
      numberReady: 0,
    });
  },
  'customresourcedefinitions.apiextensions.k8s.io': definition,
  'rolebindings.rbac.authorization.k8s.io': binding,
  'clusterrolebindings.rbac.authorization.k8s.io': binding,
  'jobs.batch': job,
  'cronjobs.batch': object => {
    const spec = specOf(object);
    setDefaults(spec, {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    fillTemplate(ensureRecord(ensureRecord(spec, 'jobTemplate'), 'spec'));
    ensureRecord(object, 'status');
  },
  'horizontalpodautoscalers.autoscaling': object => {
    setDefault(specOf(object), 'minReplicas', 1);
    setDefaults(ensureRecord(object, 'status'), {
      desiredReplicas: 0,
      currentMetrics: null,
    });
  },
  'networkpolicies.networking.k8s.io': object =>
    setDefault(specOf(object), 'policyTypes', ['Ingress']),
  'ingresses.networking.k8s.io': object =>
    setDefault(ensureRecord(object, 'status'), 'loadBalancer', {}),
};

/** Fills in what the API server fills in when an object of this kind is written. */
export function fillDefaults(resource: string, object: KubeObject): void {
  if (Object.hasOwn(FILLS, resource)) FILLS[resource](object);
}
