// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, isJsonObject, type Json } from '../Json';
import { job, pod, workload } from './objects';

const GROUP = 'apps/v1/deployments';

export const subresources: ContractArea = {
  area: 'subresources',
  cases: [
    {
      name: 'the scale of a workload is read, put and patched',
      since: '1.18',
      async run(api) {
        for (const [plural, kind] of [
          ['deployments', 'Deployment'],
          ['replicasets', 'ReplicaSet'],
          ['statefulsets', 'StatefulSet'],
        ]) {
          const path = api.in(`apps/v1/${plural}`, `${plural}/scale`);
          await api.post(
            api.in(`apps/v1/${plural}`),
            workload(kind, plural, { replicas: 0 }),
            { quiet: true },
          );
          const masked = { view: withoutVersion };
          await api.get(path, masked);
          await api.patch(path, { spec: { replicas: 2 } }, masked);
          await api.get(api.in(`apps/v1/${plural}`, plural), {
            view: body => at(body, 'spec', 'replicas'),
          });
        }
      },
    },
    {
      name: 'a scale is put whole, and an old one is a conflict',
      since: '1.18',
      async run(api) {
        const path = api.in(GROUP, 'd/scale');
        const view = withoutVersion;
        await api.post(
          api.in(GROUP),
          workload('Deployment', 'd', { replicas: 0 }),
          { quiet: true },
        );
        const metadata = { name: 'd', namespace: api.ns };
        const scale = (replicas: number, more: object = {}) => ({
          apiVersion: 'autoscaling/v1',
          kind: 'Scale',
          metadata: { ...metadata, ...more },
          spec: { replicas },
        });
        await api.put(path, scale(1), { view });
        await api.put(path, scale(2, { resourceVersion: '1' }), { view });
        await api.put(path, scale(-1), { view });
        await api.get(api.in(GROUP, 'none/scale'));
        await api.put(api.in(GROUP, 'none/scale'), scale(1));
        await api.get(api.in('apps/v1/daemonsets', 'd/scale'));
      },
    },
    {
      name: 'a status is written through its own path only',
      since: '1.18',
      async run(api) {
        const plural = 'batch/v1/jobs';
        const path = api.in(plural, 'j');
        const body = job('j', { parallelism: 0 });
        await api.post(
          api.in(plural),
          { ...body, status: { active: 7 } },
          { view: made => at(made, 'status') ?? 'none' },
        );
        await api.patch(
          path,
          { status: { failed: 7 } },
          { view: made => at(made, 'status', 'failed') ?? 'none' },
        );
        await api.patch(
          `${path}/status`,
          { status: { succeeded: 7 }, spec: { backoffLimit: 3 } },
          {
            view: made => ({
              succeeded: at(made, 'status', 'succeeded'),
              backoffLimit: at(made, 'spec', 'backoffLimit'),
            }),
          },
        );
      },
    },
    {
      name: 'the status of a pod and of a node keep their conditions by type',
      since: '1.18',
      async run(api) {
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        const condition = (type: string, status: string) => ({
          status: { conditions: [{ type, status }] },
        });
        const path = `${api.in('pods', 'p')}/status`;
        const type = 'strategic-merge-patch+json';
        const view = (body: Json) => at(body, 'status');
        await api.patch(path, condition('A', 'True'), { type, view });
        await api.patch(path, condition('B', 'True'), { type, view });
        await api.patch(path, condition('A', 'False'), { type, view });
        await api.get(path, { view });
      },
    },
    {
      name: 'a status has a manager of its own',
      since: '1.22',
      async run(api) {
        const path = api.in('networking.k8s.io/v1/ingresses', 'i');
        await api.post(
          api.in('networking.k8s.io/v1/ingresses'),
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'Ingress',
            metadata: { name: 'i' },
            spec: {
              defaultBackend: { service: { name: 's', port: { number: 80 } } },
            },
          },
          { quiet: true },
        );
        const { body } = await api.patch(`${path}/status?fieldManager=proxy`, {
          status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
        });
        const managers = at(body, 'metadata', 'managedFields');
        const entry = Array.isArray(managers) ? managers[1] : undefined;
        api.expect('managed by', at(entry, 'manager'), 'proxy');
        api.expect('subresource', at(entry, 'subresource'), 'status');
      },
    },
    {
      name: 'a pod is bound to a node once',
      since: '1.18',
      async run(api) {
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        const binding = {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { name: 'p' },
          target: { kind: 'Node', name: 'nowhere' },
        };
        await api.post(`${api.in('pods', 'p')}/binding`, binding);
        await api.post(`${api.in('pods', 'p')}/binding`, binding);
        await api.get(api.in('pods', 'p'), {
          view: body => ({
            node: at(body, 'spec', 'nodeName'),
            conditions: at(body, 'status', 'conditions'),
          }),
        });
      },
    },
    {
      name: 'the log of a pod that never ran is refused',
      since: '1.18',
      async run(api) {
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        const path = api.in('pods', 'p/log');
        await api.get(path);
        await api.get(`${path}?container=none`);
        await api.get(`${path}?tailLines=-1`);
        await api.get(`${path}?sinceSeconds=0`);
        await api.get(`${path}?limitBytes=0`);
        await api.get(`${path}?sinceSeconds=1&sinceTime=2020-01-01T00:00:00Z`);
        await api.get(api.in('pods', 'none/log'));
      },
    },
    {
      name: 'the log of a pod with two containers wants to know which',
      since: '1.18',
      async run(api) {
        const containers = [
          { name: 'a', image: 'a' },
          { name: 'b', image: 'b' },
        ];
        await api.post(
          api.in('pods'),
          pod('p', {
            containers,
            initContainers: [{ name: 'i', image: 'i' }],
          }),
          { quiet: true },
        );
        await api.get(api.in('pods', 'p/log'));
      },
    },
  ],
};

function withoutVersion(body: Json): Json {
  if (!isJsonObject(body) || !isJsonObject(body.metadata)) return body;
  const { managedFields: _, ...metadata } = body.metadata;
  return { ...body, metadata };
}
