// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import { BOX, configMap, pod, service, workload } from './objects';

export const defaults: ContractArea = {
  area: 'defaults',
  cases: [
    {
      name: 'a pod gets its defaults',
      since: '1.18',
      async run(api) {
        await api.post(api.in('pods'), pod('p'));
        await api.post(
          api.in('pods'),
          pod('q', {
            containers: [
              {
                ...BOX,
                image: 'box',
                ports: [{ containerPort: 80 }],
                livenessProbe: { httpGet: { port: 80 } },
                readinessProbe: { tcpSocket: { port: 80 } },
                startupProbe: { exec: { command: ['x'] } },
                env: [
                  {
                    name: 'N',
                    valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
                  },
                ],
                resources: { limits: { cpu: '1', memory: '1Gi' } },
                volumeMounts: [{ name: 'v', mountPath: '/v' }],
              },
            ],
            volumes: [
              { name: 'v' },
              { name: 's', secret: { secretName: 's' } },
              { name: 'c', configMap: { name: 'c' } },
              { name: 'h', hostPath: { path: '/x' } },
            ],
          }),
          { view: body => at(body, 'spec') },
        );
      },
    },
    {
      name: 'pods get tolerations and a priority, and know their account',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('pods'),
          pod('p', {
            tolerations: [
              { key: 'node.kubernetes.io/not-ready', operator: 'Exists' },
            ],
          }),
          {
            view: body => ({
              tolerations: at(body, 'spec', 'tolerations'),
              priority: at(body, 'spec', 'priority'),
              preemption: at(body, 'spec', 'preemptionPolicy'),
              account: at(body, 'spec', 'serviceAccountName'),
              old: at(body, 'spec', 'serviceAccount'),
            }),
          },
        );
        await api.post(
          api.in('pods'),
          pod('q', { serviceAccountName: 'none' }),
        );
        await api.post(api.in('pods'), pod('r', { priorityClassName: 'none' }));
        await api.post(
          api.in('pods'),
          pod('s', { priorityClassName: 'system-cluster-critical' }),
          { view: body => at(body, 'spec', 'priority') },
        );
      },
    },
    {
      name: 'workloads, services and claims get their defaults',
      since: '1.20',
      async run(api) {
        const view = (body: Json) => at(body, 'spec');
        for (const [plural, kind] of [
          ['deployments', 'Deployment'],
          ['statefulsets', 'StatefulSet'],
          ['daemonsets', 'DaemonSet'],
          ['replicasets', 'ReplicaSet'],
        ])
          await api.post(
            api.in(`apps/v1/${plural}`),
            workload(kind, kind.toLowerCase()),
            {
              view,
            },
          );
        await api.post(api.in('services'), service('s'), { view });
        await api.post(
          api.in('services'),
          service('n', { type: 'NodePort', sessionAffinity: 'ClientIP' }),
          { view },
        );
        await api.post(
          api.in('persistentvolumeclaims'),
          {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: 'c' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
            },
          },
          { view },
        );
        await api.post(api.in('secrets'), {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 's' },
        });
        await api.post(api.in('configmaps'), configMap('c'), { view });
      },
      meant: [
        {
          at: '3 POST *maxSurge',
          because: 'daemon sets surge since 1.22',
        },
      ],
    },
    {
      name: 'a namespace holds pods to its security level',
      since: '1.25',
      async run(api) {
        await api.patch(api.path('namespaces', api.ns), {
          metadata: {
            labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          },
        });
        const refused = await api.post(api.in('pods'), pod('p'));
        api.expect('status', refused.status, 403);
        api.expect(
          'message',
          String(at(refused.body, 'message')).startsWith(
            'pods "p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "box" must set securityContext.allowPrivilegeEscalation=false)',
          ),
          true,
        );
        const allowed = await api.post(
          api.in('pods'),
          pod('q', {
            securityContext: {
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [
              {
                ...BOX,
                securityContext: {
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          }),
        );
        api.expect('a safe pod', allowed.status, 201);
        const workloadAnswer = await api.post(
          api.in('apps/v1/deployments'),
          workload('Deployment', 'd', { replicas: 0 }),
        );
        api.expect('workloads are only warned', workloadAnswer.status, 201);
      },
    },
  ],
};
