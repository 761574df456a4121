// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { at, type Json } from '../Json';
import { BOX, pod, service, workload } from './objects';
import { quota, limits, boxed, counting, resourcesOf } from './limiting';

export const admission: ContractArea = {
  area: 'admission',
  cases: [
    {
      name: 'a quota counts pods and what they ask for, and refuses more',
      since: '1.18',
      meant: [
        {
          at: '5 POST *message',
          because: 'newer servers name the containers',
        },
      ],
      async run(api) {
        await counting(
          api,
          quota('q', {
            pods: '2',
            'requests.cpu': '1',
            'limits.memory': '1Gi',
          }),
        );
        const ask = (cpu: string, memory: string) => ({
          requests: { cpu, memory },
          limits: { cpu: '2', memory },
        });
        const view = (body: Json) => at(body, 'kind');
        await api.post(api.in('pods'), boxed('a', ask('600m', '256Mi')), {
          view,
        });
        await api.settle(
          api.in('resourcequotas', 'q'),
          object => at(object, 'status', 'used', 'pods') === '1',
          { view: object => at(object, 'status') },
        );
        await api.post(api.in('pods'), boxed('b', ask('600m', '256Mi')));
        await api.post(api.in('pods'), boxed('c', ask('100m', '2Gi')));
        await api.post(api.in('pods'), boxed('d', {}));
        await api.post(api.in('pods'), boxed('e', ask('100m', '128Mi')), {
          view,
        });
        await api.post(api.in('pods'), boxed('f', ask('100m', '128Mi')));
        await api.delete(api.in('pods', 'a'), undefined, { quiet: true });
        await api.settle(
          api.in('resourcequotas', 'q'),
          object => at(object, 'status', 'used', 'pods') === '1',
          { view: object => at(object, 'status', 'used') },
        );
      },
    },
    {
      name: 'a quota counts objects of any kind',
      since: '1.18',
      async run(api) {
        await counting(
          api,
          quota('q', {
            'count/deployments.apps': '1',
            services: '1',
            'services.nodeports': '0',
            'count/widgets.example.com': '3',
          }),
        );
        const deployments = api.in('apps/v1/deployments');
        const empty = { replicas: 0 };
        await api.post(deployments, workload('Deployment', 'a', empty), {
          view: body => at(body, 'kind'),
        });
        await api.post(deployments, workload('Deployment', 'b', empty));
        await api.post(api.in('services'), service('n', { type: 'NodePort' }));
        await api.post(api.in('services'), service('s'), {
          view: body => at(body, 'kind'),
        });
        await api.post(api.in('services'), service('t'));
      },
    },
    {
      name: 'a quota of storage counts claims',
      since: '1.18',
      async run(api) {
        await counting(
          api,
          quota('q', {
            persistentvolumeclaims: '2',
            'requests.storage': '10Gi',
            'slow.storageclass.storage.k8s.io/requests.storage': '1Gi',
          }),
        );
        const claim = (name: string, storage: string, className?: string) => ({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: className,
            resources: { requests: { storage } },
          },
        });
        const path = api.in('persistentvolumeclaims');
        const view = (body: Json) => at(body, 'kind');
        await api.post(path, claim('a', '8Gi'), { view });
        await api.post(path, claim('b', '4Gi'));
        await api.post(path, claim('c', '2Gi', 'slow'));
      },
    },
    {
      name: 'a scoped quota counts what is in its scope',
      since: '1.18',
      async run(api) {
        await counting(
          api,
          quota('q', { pods: '0' }, { scopes: ['BestEffort'] }),
        );
        await api.post(api.in('pods'), boxed('a', {}));
        await api.post(api.in('pods'), boxed('b', { requests: { cpu: '1' } }), {
          view: body => at(body, 'status', 'qosClass'),
        });
        await api.post(
          api.in('resourcequotas'),
          quota('bad', { 'requests.cpu': '1' }, { scopes: ['BestEffort'] }),
        );
      },
    },
    {
      name: 'what a pod never ran for is no longer counted once it has ended',
      since: '1.18',
      async run(api) {
        await counting(api, quota('q', { pods: '1' }));
        await api.post(api.in('pods'), pod('a'), { quiet: true });
        await api.patch(
          `${api.in('pods', 'a')}/status`,
          { status: { phase: 'Succeeded' } },
          { quiet: true },
        );
        await api.settle(
          api.in('resourcequotas', 'q'),
          object => at(object, 'status', 'used', 'pods') === '0',
          { view: object => at(object, 'status') },
        );
        await api.post(api.in('pods'), pod('b'), {
          view: body => at(body, 'kind'),
        });
      },
    },
    {
      name: 'a limit range gives containers what they do not ask for',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('limitranges'),
          limits({
            type: 'Container',
            default: { cpu: '500m', memory: '512Mi' },
            defaultRequest: { cpu: '100m' },
          }),
        );
        const view = (body: Json) => ({
          resources: resourcesOf(body),
          annotations: at(body, 'metadata', 'annotations'),
          qosClass: at(body, 'status', 'qosClass'),
        });
        await api.post(api.in('pods'), boxed('a', {}), { view });
        await api.post(api.in('pods'), boxed('b', { limits: { cpu: '2' } }), {
          view,
        });
        await api.post(
          api.in('pods'),
          boxed('c', { requests: { cpu: '50m', memory: '1Mi' } }),
          { view },
        );
      },
    },
    {
      name: 'a limit range refuses too little, too much and too wide a ratio',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('limitranges'),
          limits(
            {
              type: 'Container',
              min: { cpu: '100m' },
              max: { cpu: '1' },
              maxLimitRequestRatio: { cpu: '2' },
            },
            { type: 'Pod', max: { cpu: '1500m' } },
          ),
          { quiet: true },
        );
        const ask = (request: string, limit: string) => ({
          requests: { cpu: request },
          limits: { cpu: limit },
        });
        const pods = api.in('pods');
        await api.post(pods, boxed('a', ask('50m', '100m')));
        await api.post(pods, boxed('b', ask('1', '2')));
        await api.post(pods, boxed('c', ask('200m', '800m')));
        await api.post(
          pods,
          pod('d', {
            containers: [
              { ...BOX, resources: ask('800m', '800m') },
              { ...BOX, name: 'more', resources: ask('800m', '800m') },
            ],
          }),
        );
        await api.post(pods, boxed('e', ask('500m', '500m')), {
          view: body => at(body, 'kind'),
        });
      },
    },
    {
      name: 'a limit range bounds claims',
      since: '1.18',
      async run(api) {
        await api.post(
          api.in('limitranges'),
          limits({
            type: 'PersistentVolumeClaim',
            min: { storage: '1Gi' },
            max: { storage: '5Gi' },
          }),
          { quiet: true },
        );
        for (const storage of ['500Mi', '8Gi'])
          await api.post(api.in('persistentvolumeclaims'), {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: { name: 'c' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage } },
            },
          });
      },
    },
  ],
};
