// SPDX-License-Identifier: Apache-2.0

const ENV = [
  'LOG_LEVEL',
  'HTTP_PORT',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'DATABASE_HOST',
  'CACHE_HOST',
  'QUEUE_NAME',
];

/** A pod spec as a careful team writes it. */
export function generatedPodSpec(app: string) {
  return {
    volumes: [
      {
        name: 'config',
        configMap: { name: `${app}-config`, defaultMode: 420 },
      },
      { name: 'tmp', emptyDir: {} },
    ],
    containers: [containerOf(app)],
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: app,
    serviceAccount: app,
    securityContext: {
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    schedulerName: 'default-scheduler',
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function containerOf(app: string) {
  return {
    name: 'main',
    image: `registry.example.com/tenants/${app}:1.4.2`,
    args: [
      'serve',
      '--config',
      '/etc/app/config.yaml',
      '--graceful-shutdown',
      '25s',
    ],
    ports: [
      { name: 'http', containerPort: 8080, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    ],
    env: [
      ...ENV.map(name => ({
        name,
        value: `${name
          .toLowerCase()
          .replace(/_/g, '-')}.${app}.svc.cluster.local`,
      })),
      {
        name: 'POD_NAME',
        valueFrom: {
          fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' },
        },
      },
      {
        name: 'DATABASE_PASSWORD',
        valueFrom: {
          secretKeyRef: { name: `${app}-database`, key: 'password' },
        },
      },
    ],
    resources: {
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { cpu: '500m', memory: '512Mi' },
    },
    volumeMounts: [
      { name: 'config', mountPath: '/etc/app', readOnly: true },
      { name: 'tmp', mountPath: '/tmp' },
    ],
    livenessProbe: probeOf('/healthz'),
    readinessProbe: probeOf('/ready'),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

function probeOf(path: string) {
  const httpGet = { path, port: 'http', scheme: 'HTTP' };
  return {
    httpGet,
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
  };
}
