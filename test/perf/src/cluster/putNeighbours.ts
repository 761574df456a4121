// SPDX-License-Identifier: Apache-2.0
import type { Objects } from '@tenantry/kubesim';

/** Gives each tenant what the generator leaves out: a Service, an Ingress, an autoscaler, a ResourceQuota and a LimitRange. */
export function putNeighbours(objects: Objects): void {
  for (const deployment of objects.list('deployments.apps')) {
    const { namespace, name, labels } = deployment.metadata;
    if (!name.endsWith('-0')) continue;
    const metadata = { namespace, name, labels };
    const selector = { 'app.kubernetes.io/name': name };
    const ports = [{ name: 'http', port: 80, targetPort: 8080 }];
    objects.create('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector, ports },
    });
    objects.create('horizontalpodautoscalers.autoscaling', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: 1,
        maxReplicas: 20,
      },
    });
    const service = { name, port: { name: 'http' } };
    const paths = [{ path: '/', pathType: 'Prefix', backend: { service } }];
    objects.create('ingresses.networking.k8s.io', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: { rules: [{ host: `${namespace}.example`, http: { paths } }] },
    });
    objects.create('limitranges', {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata,
      spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] },
    });
    objects.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard: { pods: '1000' } },
    });
  }
}
