// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const NAMESPACE = '/api/v1/namespaces/default';

describe('a ResourceQuota', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  function quota(name: string, spec: object) {
    sim.objects.create('resourcequotas', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name, namespace: 'default' },
      spec,
    });
  }
  const used = (name: string) =>
    sim.objects.get('resourcequotas', { namespace: 'default', name })?.status
      ?.used;
  const pod = async (name: string, resources: object = {}, spec: object = {}) =>
    (
      await http.post(`${NAMESPACE}/pods`, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: {
          ...spec,
          containers: [{ name: 'main', image: 'web:1', resources }],
        },
      })
    ).body.message;
  const service = (name: string, type: string, count: number) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: {
      type,
      ports: Array.from({ length: count }, (_, at) => ({
        name: `p${at}`,
        port: 80 + at,
      })),
    },
  });

  it('names what a container has to say', async () => {
    quota('compute', { hard: { cpu: '1', 'limits.memory': '1Gi' } });
    expect(await pod('a')).toBe(
      'pods "a" is forbidden: failed quota: compute: must specify cpu for: main; limits.memory for: main',
    );
  });

  it('says what is asked for, used and allowed of what is exceeded', async () => {
    quota('compute', { hard: { cpu: '1', memory: '4Gi', pods: '5' } });
    const amounts = { requests: { cpu: '0.6', memory: '100M' } };
    expect(await pod('a', amounts)).toBeUndefined();
    expect(used('compute')).toEqual({ cpu: '600m', memory: '100M', pods: '1' });
    expect(await pod('b', amounts)).toBe(
      'pods "b" is forbidden: exceeded quota: compute, requested: cpu=600m, used: cpu=600m, limited: cpu=1',
    );
    sim.objects.delete('pods', { namespace: 'default', name: 'a' });
    expect(used('compute')).toEqual({ cpu: '0', memory: '0', pods: '0' });
  });

  it('counts no pod that has ended, except as an object', async () => {
    quota('ended', { hard: { pods: '5', 'count/pods': '5' } });
    await pod('a');
    sim.objects.modify(
      'pods',
      { namespace: 'default', name: 'a' },
      draft => void (draft.status = { phase: 'Succeeded' }),
    );
    expect(used('ended')).toEqual({ pods: '0', 'count/pods': '1' });
  });

  it('with scopes counts only the pods they fit', async () => {
    const hard = { pods: '1' };
    quota('best-effort', { hard, scopes: ['BestEffort'] });
    quota('others', { hard, scopes: ['NotBestEffort'] });
    quota('ending', { hard, scopes: ['Terminating'] });
    const some = { requests: { cpu: '100m' } };
    expect(await pod('a')).toBeUndefined();
    expect(await pod('b', some, { activeDeadlineSeconds: 5 })).toBeUndefined();
    expect(await pod('c')).toContain('exceeded quota: best-effort');
    expect(await pod('d', some)).toContain('exceeded quota: others');
    expect(['best-effort', 'others', 'ending'].map(used)).toEqual([
      { pods: '1' },
      { pods: '1' },
      { pods: '1' },
    ]);
  });

  it('with a priority class counts the pods of that class', async () => {
    const scope = {
      scopeName: 'PriorityClass',
      operator: 'In',
      values: ['system-node-critical'],
    };
    quota('critical', {
      hard: { pods: '0' },
      scopeSelector: { matchExpressions: [scope] },
    });
    expect(await pod('a')).toBeUndefined();
    expect(
      await pod('b', {}, { priorityClassName: 'system-node-critical' }),
    ).toContain('exceeded quota: critical');
  });

  it('counts services by type, also when it changes', async () => {
    quota('net', {
      hard: {
        services: '2',
        'services.nodeports': '1',
        'services.loadbalancers': '0',
      },
    });
    const services = `${NAMESPACE}/services`;
    const post = async (body: object) =>
      (await http.post(services, body)).body.message;
    expect(await post(service('a', 'NodePort', 2))).toBe(
      'services "a" is forbidden: exceeded quota: net, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1',
    );
    expect(await post(service('b', 'ClusterIP', 1))).toBeUndefined();
    const patch = { spec: { type: 'LoadBalancer' } };
    const changed = await http.patch(
      `${services}/b`,
      'merge-patch+json',
      patch,
    );
    expect(changed.body.message).toContain(
      'exceeded quota: net, requested: services.loadbalancers=1',
    );
  });

  it('counts the storage of a class on its own', async () => {
    const gold = 'gold.storageclass.storage.k8s.io/requests.storage';
    quota('disk', { hard: { [gold]: '1Gi', 'requests.storage': '10Gi' } });
    const claim = async (storageClassName: string, storage: string) =>
      (
        await http.post(`${NAMESPACE}/persistentvolumeclaims`, {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { generateName: 'c-' },
          spec: {
            storageClassName,
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage } },
          },
        })
      ).body.message;
    expect(await claim('gold', '2Gi')).toContain(`requested: ${gold}=2Gi`);
    expect(await claim('silver', '9Gi')).toBeUndefined();
    expect(await claim('silver', '2Gi')).toContain(
      'requested: requests.storage=2Gi, used: requests.storage=9Gi, limited: requests.storage=10Gi',
    );
  });

  it.each([
    [
      { 'requests.cpu': '1' },
      ['BestEffort'],
      '[]core.ResourceQuotaScope{"BestEffort"}: unsupported scope applied to resource',
    ],
    [
      { pods: '1' },
      ['Terminating', 'NotTerminating'],
      '[]core.ResourceQuotaScope{"Terminating", "NotTerminating"}: conflicting scopes',
    ],
  ])('of %j cannot have the scopes %j', (hard, scopes, why) => {
    expect(() => quota('odd', { hard, scopes })).toThrow(
      `ResourceQuota "odd" is invalid: spec.scopes: Invalid value: ${why}`,
    );
  });
});
