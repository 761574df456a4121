// SPDX-License-Identifier: Apache-2.0
import type { PlacedObject } from '../storage/Objects';
import type { ScenarioNamespace, ScenarioWorkload } from './Scenario';

export type Placed = PlacedObject;

export const WORKLOAD_RESOURCES = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
} as const;

export const VERSION_LABEL = 'app.kubernetes.io/version';

/** The objects of one workload: itself, its service with the way into it, and its autoscaler. */
export function workloadObjects(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Placed[] {
  return [
    ...serviceOf(namespace, workload),
    ...ingressOf(namespace, workload),
    mainObject(namespace, workload),
    ...autoscalerOf(namespace, workload),
  ];
}

function labelsOf(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Record<string, string> {
  const tenant = namespace.labels['tenantry.dev/tenant'];
  return {
    'app.kubernetes.io/name': workload.name,
    [VERSION_LABEL]: workload.release,
    'app.kubernetes.io/managed-by': 'tenantry',
    'tenantry.dev/module': workload.module ?? workload.name,
    ...(tenant ? { 'tenantry.dev/tenant': tenant } : {}),
    ...workload.labels,
  };
}

function selectorOf({ name }: ScenarioWorkload): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}

function mainObject(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Placed {
  const { kind, name } = workload;
  const metadata = {
    name,
    namespace: namespace.name,
    labels: labelsOf(namespace, workload),
  };
  const resource = WORKLOAD_RESOURCES[kind];
  const apiVersion =
    kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1';
  return {
    resource,
    object: { apiVersion, kind, metadata, spec: specOf(namespace, workload) },
  };
}

function specOf(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Record<string, unknown> {
  const { kind, replicas, backoffLimit = 6 } = workload;
  const template = templateOf(namespace, workload);
  const selector = { matchLabels: selectorOf(workload) };
  switch (kind) {
    case 'Deployment':
      return {
        replicas,
        selector,
        template,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
        },
        progressDeadlineSeconds: workload.progressDeadlineSeconds ?? 600,
        revisionHistoryLimit: 10,
      };
    case 'StatefulSet':
      return {
        replicas,
        selector,
        template,
        serviceName: workload.name,
        ...claimTemplates(workload),
      };
    case 'DaemonSet':
      return { selector, template };
    case 'Job':
      return { backoffLimit, completions: 1, parallelism: 1, template };
    default:
      return {
        schedule: workload.schedule ?? '*/10 * * * *',
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          metadata: { labels: labelsOf(namespace, workload) },
          spec: { backoffLimit, completions: 1, parallelism: 1, template },
        },
      };
  }
}

function claimTemplates({ volume }: ScenarioWorkload) {
  if (!volume) return {};
  const spec = {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: volume.size } },
    storageClassName: volume.storageClass ?? 'gp3',
  };
  return { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec }] };
}

function templateOf(namespace: ScenarioNamespace, workload: ScenarioWorkload) {
  const batch = workload.kind === 'Job' || workload.kind === 'CronJob';
  const container = {
    name: 'main',
    image: `${workload.image}:${workload.release}`,
    ...(batch
      ? {}
      : { ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }] }),
    env: [{ name: 'LOG_LEVEL', value: 'info' }],
    resources: workload.resources ?? {
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
    },
    ...(batch
      ? {}
      : {
          readinessProbe: {
            httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
            initialDelaySeconds: 2,
            periodSeconds: 10,
            timeoutSeconds: 1,
            successThreshold: 1,
            failureThreshold: 3,
          },
        }),
  };
  return {
    metadata: { labels: labelsOf(namespace, workload) },
    spec: {
      containers: [container],
      restartPolicy: batch ? 'Never' : 'Always',
      terminationGracePeriodSeconds: 30,
    },
  };
}

function serviceOf(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Placed[] {
  const { service } = workload;
  if (!service) return [];
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: workload.name,
      namespace: namespace.name,
      labels: labelsOf(namespace, workload),
    },
    spec: {
      selector: service.selector ?? selectorOf(workload),
      ports: [
        { name: 'http', port: service.port, targetPort: 8080, protocol: 'TCP' },
      ],
    },
  };
  return [{ resource: 'services', object }];
}

function ingressOf(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Placed[] {
  const { ingress, service, name } = workload;
  if (!ingress || !service) return [];
  const backend = { service: { name, port: { number: service.port } } };
  const paths = [{ path: ingress.path, pathType: 'Prefix', backend }];
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: namespace.name,
      labels: labelsOf(namespace, workload),
    },
    spec: {
      ingressClassName: 'nginx',
      rules: [{ host: ingress.host, http: { paths } }],
      tls: [{ hosts: [ingress.host], secretName: `${name}-tls` }],
    },
  };
  return [{ resource: 'ingresses.networking.k8s.io', object }];
}

function autoscalerOf(
  namespace: ScenarioNamespace,
  workload: ScenarioWorkload,
): Placed[] {
  const { hpa, kind, name } = workload;
  if (!hpa) return [];
  const object = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: {
      name,
      namespace: namespace.name,
      labels: labelsOf(namespace, workload),
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind, name },
      minReplicas: hpa.min,
      maxReplicas: hpa.max,
      metrics: [
        {
          type: 'Resource',
          resource: {
            name: 'cpu',
            target: { type: 'Utilization', averageUtilization: 70 },
          },
        },
      ],
    },
  };
  return [{ resource: 'horizontalpodautoscalers.autoscaling', object }];
}
