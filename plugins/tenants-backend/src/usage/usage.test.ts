// SPDX-License-Identifier: Apache-2.0
import {
  environmentFixture,
  moduleFixture,
  podFixture,
  tenantFixture,
  workloadFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import { FakeKubeApi } from '@tenantry/backstage-plugin-tenants-node/testing';
import {
  containerObject,
  createFakeClusterView,
  podObject,
} from '../informers/testing';
import { FakeClock } from '../time/testing/FakeClock';
import { MetricsReader } from './MetricsReader';
import { readUsage } from './readUsage';

const MIB = 1024 ** 2;
const namespace = 'analytics-core-prod';
const resource = 'pods.metrics.k8s.io';

const worker = (name: string) => podFixture({ name, namespace });
const tenant = tenantFixture({
  environments: [
    environmentFixture({
      cluster: 'eu',
      modules: [
        moduleFixture({
          workloads: [
            workloadFixture({
              name: 'web',
              namespace,
              pods: [worker('web-0'), worker('web-1')],
            }),
          ],
        }),
      ],
    }),
  ],
});

function writeMetrics(api: FakeKubeApi, name: string, usage: object) {
  api.write(resource, {
    metadata: { name, namespace },
    timestamp: '2026-11-21T14:32:00Z',
    window: '15s',
    containers: [{ name: 'main', usage }],
  });
}

function arrange() {
  const api = new FakeKubeApi({ cluster: 'eu' });
  const clock = new FakeClock();
  const view = createFakeClusterView({
    name: 'eu',
    objects: {
      pods: [
        podObject({
          name: 'web-0',
          namespace,
          containers: [
            containerObject({ name: 'prepare', role: 'init' }),
            containerObject(),
          ],
        }),
        podObject({
          name: 'web-1',
          namespace,
          containers: [containerObject({ limits: { cpu: 0.5 } })],
        }),
      ],
    },
  });
  const metrics = new MetricsReader({
    kubeApi: cluster => (cluster === 'eu' ? api : undefined),
    clock,
    shutdown: new AbortController().signal,
  });
  const viewOf = (cluster: string) => (cluster === 'eu' ? view : undefined);
  const read = () => readUsage(tenant, { metrics, viewOf });
  const calls = () => api.requests.filter(r => r.verb === 'list').length;
  return { api, clock, read, calls };
}

describe('readUsage', () => {
  it('sums what the containers that run use, against requests and limits', async () => {
    const { api, read } = arrange();
    writeMetrics(api, 'web-0', { cpu: '40m', memory: '64Mi' });
    writeMetrics(api, 'web-1', { cpu: '1500000000n', memory: '131072Ki' });
    const { workloads, partial } = await read();
    expect(partial).toEqual([]);
    expect(workloads).toEqual([
      expect.objectContaining({
        cluster: 'eu',
        measured: 2,
        running: 2,
        used: { cpu: 1.54, memory: 192 * MIB },
        requests: { cpu: 0.2, memory: 256 * MIB },
        // One of the pods has no end for its memory.
        limits: { cpu: 1 },
      }),
    ]);
    expect(workloads[0].pods[0]).toMatchObject({
      name: 'web-0',
      measuredAt: '2026-11-21T14:32:00Z',
      containers: [{ name: 'main', used: { cpu: 0.04, memory: 64 * MIB } }],
    });
  });

  it('says of a pod that was not measured nothing, instead of zero', async () => {
    const { api, read } = arrange();
    writeMetrics(api, 'web-0', { cpu: '40m', memory: '64Mi' });
    const [web] = (await read()).workloads;
    expect(web).toMatchObject({ measured: 1, running: 2, used: { cpu: 0.04 } });
    expect(web.pods[1].used).toEqual({});
    expect(web.pods[1].measuredAt).toBeUndefined();
  });

  it.each([
    ['NotServed', 404, /Install it/],
    ['Forbidden', 403, /Apply docs\/cluster-role.yaml/],
    ['NotServed', 503, /Look at its pods/],
    ['Unreachable', undefined, /did not answer/],
    ['Unauthenticated', 401, /refuses the portal/],
  ])('says %s when the server answers %s', async (reason, status, message) => {
    const { api, read } = arrange();
    const details = { cluster: 'eu', reason: 'Any', resource, status };
    api.failNext('list', new KubeError('no', details));
    const { partial, workloads } = await read();
    expect(partial).toEqual([
      {
        cluster: 'eu',
        kind: 'PodMetrics',
        reason,
        message: expect.stringMatching(message),
      },
    ]);
    expect(workloads[0]).toMatchObject({
      used: {},
      requests: { cpu: 0.2, memory: 256 * MIB },
    });
  });

  it('asks a cluster once for everybody, and again after 15 s', async () => {
    const { clock, read, calls } = arrange();
    await Promise.all([read(), read(), read()]);
    clock.advance(14_999);
    await read();
    expect(calls()).toBe(1);
    clock.advance(1);
    await read();
    expect(calls()).toBe(2);
  });

  it('passes over an item that is no reading', async () => {
    const { api, read } = arrange();
    api.write(resource, { metadata: { name: 'web-0', namespace }, odd: 1 });
    writeMetrics(api, 'web-1', { cpu: '10m', memory: 'much' });
    const [web] = (await read()).workloads;
    expect(web).toMatchObject({ measured: 1, used: { cpu: 0.01 } });
  });
});
