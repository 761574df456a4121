// SPDX-License-Identifier: Apache-2.0
import type { ContractArea } from '../ContractCase';
import { BOX, configMap, pod, workload } from './objects';

export const podValidation: ContractArea = {
  area: 'podValidation',
  cases: [
    {
      name: 'a pod says all that is wrong with it at once',
      since: '1.18',
      async run(api) {
        const pods = api.in('pods');
        await api.post(pods, pod('p', { containers: [] }));
        await api.post(pods, pod('p', { containers: [{ name: 'box' }] }));
        await api.post(pods, pod('p', { containers: [BOX, BOX] }));
        await api.post(
          pods,
          pod('p', {
            restartPolicy: 'Sometimes',
            containers: [{ ...BOX, name: 'Box', imagePullPolicy: 'Maybe' }],
          }),
        );
      },
    },
    {
      name: 'ports, environment and mounts of a container are checked',
      since: '1.18',
      async run(api) {
        const pods = api.in('pods');
        const box = (more: object) =>
          pod('p', { containers: [{ ...BOX, ...more }] });
        await api.post(pods, box({ ports: [{ containerPort: 70000 }] }));
        await api.post(pods, box({ env: [{ name: '', value: 'x' }] }));
        await api.post(
          pods,
          box({ volumeMounts: [{ name: 'gone', mountPath: '/x' }] }),
        );
        await api.post(
          pods,
          box({ livenessProbe: { httpGet: { path: '/', port: 0 } } }),
        );
      },
    },
    {
      name: 'requests may not exceed limits, and quantities are quantities',
      since: '1.18',
      async run(api) {
        const pods = api.in('pods');
        const box = (resources: object) =>
          pod('p', { containers: [{ ...BOX, resources }] });
        await api.post(
          pods,
          box({ requests: { cpu: '2' }, limits: { cpu: '1' } }),
        );
        await api.post(pods, box({ requests: { cpu: 'much' } }), {
          view: () => 'any',
        });
        await api.post(pods, box({ requests: { cpu: '-1' } }));
        await api.post(pods, box({ requests: { 'example.com/gpu': '1' } }));
      },
      meant: [
        {
          at: '2 POST * body.message',
          because: 'the decoder quotes the part of the body it stopped at',
        },
        { at: '1 POST *message', because: 'newer servers tell the limit' },
      ],
    },
    {
      name: 'fields of a wrong type are a bad request',
      since: '1.18',
      meant: [
        {
          at: ': body.message',
          because: 'the decoder quotes the part of the body it stopped at',
        },
      ],
      async run(api) {
        await api.post(
          api.in('apps/v1/deployments'),
          workload('Deployment', 'd', { replicas: 'two' }),
        );
        await api.post(api.in('pods'), pod('p', { containers: 'box' }));
        await api.post(api.in('configmaps'), {
          ...configMap('one'),
          data: { a: 1 },
        });
      },
    },
    {
      name: 'most of a pod may not change',
      since: '1.18',
      meant: [
        {
          at: ': body.message',
          because: 'the message prints the difference as Go structs',
        },
        {
          at: ': body.details.causes[0].message',
          because: 'the message prints the difference as Go structs',
        },
      ],
      async run(api) {
        const path = api.in('pods', 'p');
        await api.post(api.in('pods'), pod('p'), { quiet: true });
        await api.patch(path, { spec: { hostNetwork: true } });
        await api.patch(
          path,
          { spec: { containers: [{ name: 'box', command: ['x'] }] } },
          { type: 'strategic-merge-patch+json' },
        );
        await api.patch(
          path,
          { spec: { containers: [{ name: 'box', image: 'other:2' }] } },
          {
            type: 'strategic-merge-patch+json',
            view: () => 'image may change',
          },
        );
      },
    },
  ],
};
