// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const PODS = '/api/v1/namespaces/default/pods';

describe('a LimitRange', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
    sim.objects.create('limitranges', {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'limits', namespace: 'default' },
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: { cpu: '100m', memory: '64Mi' },
            default: { memory: '128Mi' },
            max: { cpu: '2', memory: '1Gi' },
            min: { cpu: '10m' },
          },
          { type: 'Pod', max: { cpu: '8' } },
        ],
      },
    });
  });
  afterEach(() => sim.stop());

  const create = async (resources?: object) =>
    (
      await http.post(PODS, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'p' },
        spec: { containers: [{ name: 'main', image: 'web:1', resources }] },
      })
    ).body;

  it('fills in what a container leaves out, the maximum where there is no default, and says so', async () => {
    const pod = await create();
    expect(pod.spec.containers[0].resources).toEqual({
      requests: { cpu: '100m', memory: '64Mi' },
      limits: { cpu: '2', memory: '128Mi' },
    });
    expect(pod.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container main; cpu, memory limit for container main',
    });
  });

  it('keeps what a container says itself', async () => {
    const requests = { cpu: '20m', memory: '10M' };
    const given = { requests, limits: { cpu: '1e0', memory: '500M' } };
    expect((await create(given)).spec.containers[0].resources).toEqual(given);
  });

  it('refuses a limit above the maximum', async () => {
    const pod = await create({ limits: { memory: '2Gi' } });
    expect(pod.message).toBe(
      'pods "p" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
    );
  });

  it('names each of several problems', async () => {
    const pod = await create({
      requests: { cpu: '5m' },
      limits: { cpu: '3', memory: '5Gi' },
    });
    expect(pod.message).toBe(
      'pods "p" is forbidden: [minimum cpu usage per Container is 10m, but request is 5m, maximum cpu usage per Container is 2, but limit is 3, maximum memory usage per Container is 1Gi, but limit is 5Gi]',
    );
  });
});
