// SPDX-License-Identifier: Apache-2.0
import { Interner } from '../Interner';
import { projectionOf } from './projectionOf';

const project = projectionOf('pods', new Interner());

type Condition = { readonly type: string; readonly status: string };

function pod(
  name: string,
  more: { conditions?: readonly Condition[]; nodeName?: string } = {},
) {
  const { conditions = [], nodeName = 'node-1' } = more;
  const startedAt = '2026-01-01T12:00:00Z';
  const controller = { kind: 'ReplicaSet', name: 'web-1', uid: 'owner' };
  const object = {
    metadata: {
      name,
      namespace: 'shop',
      uid: name,
      resourceVersion: '1',
      ownerReferences: [{ ...controller, controller: true }],
    },
    spec: {
      nodeName: nodeName || undefined,
      containers: [
        {
          name: 'main',
          resources: { requests: { cpu: '100m', memory: '1Gi' } },
        },
      ],
    },
    status: {
      startTime: startedAt,
      conditions: conditions.map(each => ({
        ...each,
        lastTransitionTime: startedAt,
      })),
      containerStatuses: [{ name: 'main', state: { running: { startedAt } } }],
    },
  };
  return project(Buffer.from(JSON.stringify(object)));
}

const fulfilled = (...types: string[]) =>
  types.map(type => ({ type, status: 'True' }));
const ordinary = fulfilled(
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
);
const typesOf = ({ conditions }: ReturnType<typeof pod>) =>
  conditions.map(({ type }) => type);

describe('the conditions of a pod', () => {
  it('are Ready alone while it is as every running pod', () => {
    expect(typesOf(pod('web-a', { conditions: ordinary }))).toEqual(['Ready']);
  });

  it('are those that are not fulfilled or not ordinary, too', () => {
    const conditions = [
      ...fulfilled('PodScheduled', 'DisruptionTarget'),
      { type: 'ContainersReady', status: 'False' },
      { type: 'example.com/gate', status: 'False' },
    ];
    expect(typesOf(pod('web-a', { conditions }))).toEqual([
      'DisruptionTarget',
      'ContainersReady',
      'example.com/gate',
    ]);
  });

  it('are all of them while it waits for a node', () => {
    const waiting = pod('web-a', { conditions: ordinary, nodeName: '' });
    expect(typesOf(waiting)).toEqual(ordinary.map(({ type }) => type));
  });
});

describe('pods of one workload', () => {
  it('share what is the same, and nobody can change it', () => {
    const [a, b] = [pod('web-a'), pod('web-b')];
    expect(a.controller).toBe(b.controller);
    expect(a.containers[0].requests).toBe(b.containers[0].requests);
    expect(a.containers[0].requests).toEqual({
      cpu: 0.1,
      memory: 1024 ** 3,
      ephemeralStorage: undefined,
    });
    expect(Object.isFrozen(a.controller)).toBe(true);
    expect(Object.isFrozen(a.containers[0].requests)).toBe(true);
  });
});
