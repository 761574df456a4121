// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import type { Kubesim } from './Kubesim';
import { parseScenario } from './scenario/parseScenario';
import { startKubesim } from './startKubesim';
import type { ObjectChange } from './storage/Objects';
import { Kubectl } from './testing/Kubectl';

const SCENARIO = `
clusterName: walk
startedAgo: 1h
namespaces:
  - name: shop-prod
    labels: { tenantry.dev/tenant: shop }
    workloads:
      - kind: Deployment
        name: web
        release: '1.0.0'
        image: registry.acme.example/web
        replicas: 2
        logs: { profile: http, perMinute: 600 }
        service: { port: 80 }
`;
const IN_SHOP = ['--namespace', 'shop-prod'];
const WIDE = 30_000;

describe('kubectl against a simulated cluster', () => {
  let sim: Kubesim;
  let kubectl: Kubectl;

  beforeAll(async () => {
    sim = await startKubesim({
      scenario: parseScenario(SCENARIO, 'walk.yaml'),
      speed: 20,
    });
    kubectl = await Kubectl.start(`${sim.url}/_as/${sim.token}`);
  }, WIDE);
  afterAll(async () => {
    await kubectl?.stop();
    await sim?.stop();
  });

  function runningPods(): string[] {
    return sim.objects
      .list('pods', 'shop-prod')
      .filter(
        pod =>
          pod.status?.phase === 'Running' && !pod.metadata.deletionTimestamp,
      )
      .map(pod => pod.metadata.name);
  }

  function changeWhere(
    wanted: (change: ObjectChange) => boolean,
  ): Promise<ObjectChange> {
    return new Promise(resolve => {
      const stop = sim.objects.onChange(change => {
        if (!wanted(change)) return;
        stop();
        resolve(change);
      });
    });
  }

  it(
    'lists namespaces, deployments and pods as tables',
    async () => {
      const text = await kubectl.run(
        'get',
        'namespaces,deployments,pods',
        '--all-namespaces',
      );
      expect(text).toMatch(/namespace\/shop-prod\s+Active\s+\d+m/);
      expect(text).toMatch(
        /shop-prod\s+deployment\.apps\/web\s+2\/2\s+2\s+2\s+\d+m/,
      );
      expect(
        text.match(/shop-prod\s+pod\/web-\S+\s+1\/1\s+Running/g),
      ).toHaveLength(2);
    },
    WIDE,
  );

  it(
    'reads the log of a running pod, and follows it',
    async () => {
      const [pod] = runningPods();
      const tail = await kubectl.run('logs', ...IN_SHOP, pod, '--tail=3');
      expect(tail.trimEnd().split('\n')).toHaveLength(3);
      const followed = await kubectl.firstLine(
        ...['logs', ...IN_SHOP, pod],
        ...['--follow', '--tail=0', '--timestamps'],
      );
      expect(followed).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z \S/);
    },
    WIDE,
  );

  it(
    'deletes a pod, and a new one takes its place',
    async () => {
      const before = runningPods();
      const replacement = changeWhere(
        ({ type, resource, object }) =>
          type === 'MODIFIED' &&
          resource === 'pods' &&
          object.metadata.namespace === 'shop-prod' &&
          object.status?.phase === 'Running' &&
          !before.includes(object.metadata.name),
      );
      const text = await kubectl.run('delete', 'pod', ...IN_SHOP, before[0]);
      expect(text).toContain(`pod "${before[0]}" deleted`);
      const { object } = await replacement;
      const names = await kubectl.run('get', 'pods', ...IN_SHOP, '-o', 'name');
      expect(names.trim().split('\n').sort()).toEqual(
        [`pod/${before[1]}`, `pod/${object.metadata.name}`].sort(),
      );
    },
    WIDE,
  );

  it(
    'watches a pod go away',
    async () => {
      const deleted = changeWhere(
        ({ type, resource }) => type === 'DELETED' && resource === 'configmaps',
      );
      const path = await kubectl.manifest('seen', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'seen', namespace: 'shop-prod' },
      });
      await kubectl.run('create', '-f', path);
      const line = await kubectl.firstLine(
        ...['get', 'configmaps', ...IN_SHOP, 'seen'],
        ...['--watch', '--no-headers'],
      );
      expect(line).toMatch(/^seen\s+0\s+/);
      await kubectl.run('delete', 'configmap', ...IN_SHOP, 'seen');
      expect((await deleted).object.metadata.name).toBe('seen');
    },
    WIDE,
  );

  it(
    'applies a manifest once, on the client and on the server side',
    async () => {
      const path = await kubectl.manifest('settings', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'shop-prod' },
        data: { colour: 'blue' },
      });
      const apply = (...more: string[]) =>
        kubectl.run('apply', '-f', path, ...more);
      expect(await apply()).toBe('configmap/settings created\n');
      expect(await apply()).toBe('configmap/settings unchanged\n');
      const serverSide = () =>
        apply('--server-side', '--field-manager=walk', '--force-conflicts');
      await serverSide();
      const version = () =>
        sim.objects.get('configmaps', {
          namespace: 'shop-prod',
          name: 'settings',
        })?.metadata.resourceVersion;
      const applied = version();
      await serverSide();
      expect(version()).toBe(applied);
    },
    WIDE,
  );

  it(
    'scales, labels and patches a deployment',
    async () => {
      const web = ['deployment/web', ...IN_SHOP];
      const third = changeWhere(
        ({ resource, object }) =>
          resource === 'deployments.apps' && object.status?.readyReplicas === 3,
      );
      await kubectl.run('scale', ...web, '--replicas=3');
      await third;
      await kubectl.run('label', ...web, 'walked=yes');
      const patch = JSON.stringify({ spec: { minReadySeconds: 1 } });
      expect(await kubectl.run('patch', ...web, '-p', patch)).toBe(
        'deployment.apps/web patched\n',
      );
      const where = { namespace: 'shop-prod', name: 'web' };
      expect(sim.objects.get('deployments.apps', where)).toMatchObject({
        metadata: { labels: { walked: 'yes' } },
        spec: { replicas: 3, minReadySeconds: 1 },
      });
      const labelled = ['-l', 'walked=yes', '-o', 'name'];
      expect(
        await kubectl.run('get', 'deployments', ...IN_SHOP, ...labelled),
      ).toBe('deployment.apps/web\n');
    },
    WIDE,
  );

  it(
    'creates what it builds itself and sends as protobuf, and an autoscaler in the older version',
    async () => {
      const create = (...args: string[]) =>
        kubectl.run('create', ...args, ...IN_SHOP);
      expect(await create('configmap', 'made', '--from-literal=a=1')).toBe(
        'configmap/made created\n',
      );
      expect(await create('secret', 'generic', 's', '--from-literal=a=1')).toBe(
        'secret/s created\n',
      );
      const where = { namespace: 'shop-prod', name: 'made' };
      expect(sim.objects.get('configmaps', where)?.data).toEqual({ a: '1' });
      expect(await kubectl.run('auth', 'can-i', 'create', 'pods')).toBe(
        'yes\n',
      );
      const range = ['--min=3', '--max=4'];
      await kubectl.run('autoscale', 'deployment/web', ...IN_SHOP, ...range);
      expect(
        await kubectl.run('get', 'hpa', 'web', ...IN_SHOP, '--no-headers'),
      ).toMatch(/^web\s+Deployment\/web\s/);
      await kubectl.run('delete', 'hpa', 'web', ...IN_SHOP);
    },
    WIDE,
  );

  it(
    'explains fields, refuses unknown ones, and shows what an apply would change',
    async () => {
      const path = 'deployment.spec.strategy.rollingUpdate';
      expect(await kubectl.run('explain', path)).toContain('maxSurge');
      const wrong = await kubectl.manifest('wrong', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'wrong', namespace: 'shop-prod' },
        dataa: {},
      });
      await expect(kubectl.run('apply', '-f', wrong)).rejects.toThrow(
        'unknown field "dataa"',
      );
      const made = await kubectl.manifest('made', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'made', namespace: 'shop-prod' },
        data: { a: '2' },
      });
      // A difference is the exit code 1, with the difference on the standard output.
      await expect(kubectl.run('diff', '-f', made)).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('+  a: "2"'),
      });
    },
    WIDE,
  );

  it(
    'describes a pod with its events, and a deployment with its rollout',
    async () => {
      const [pod] = runningPods();
      const text = await kubectl.run('describe', 'pod', ...IN_SHOP, pod);
      expect(text).toMatch(new RegExp(`^Name:\\s+${pod}$`, 'm'));
      expect(text).toMatch(/^Status:\s+Running$/m);
      expect(text).toMatch(/^Controlled By:\s+ReplicaSet\/web-/m);
      expect(text).toMatch(/Ready\s+True/);
      expect(
        await kubectl.run('rollout', 'status', 'deployment/web', ...IN_SHOP),
      ).toContain('successfully rolled out');
      expect(
        await kubectl.run('describe', 'deployment', 'web', ...IN_SHOP),
      ).toMatch(/Replicas:\s+3 desired/);
    },
    WIDE,
  );

  it(
    'tells what is missing in the words of the real server, and explains what it has',
    async () => {
      await expect(
        kubectl.run('get', 'pod', ...IN_SHOP, 'nothing'),
      ).rejects.toThrow(
        'Error from server (NotFound): pods "nothing" not found',
      );
      expect(await kubectl.run('api-resources', '-o', 'name')).toContain(
        'deployments.apps\n',
      );
      expect(await kubectl.run('explain', 'pods')).toContain('KIND:');
    },
    WIDE,
  );

  it(
    'serves every list of a demo cluster as a table',
    async () => {
      const demo = await startKubesim({
        scenario: join(__dirname, '..', 'scenarios', 'demo-eu-west.yaml'),
      });
      const client = await Kubectl.start(`${demo.url}/_as/${demo.token}`);
      try {
        const kinds =
          'all,nodes,events,pvc,ingresses,quota,limits,configmaps,secrets,sa,endpoints,rolebindings,hpa,networkpolicies,pv';
        const text = await client.run('get', kinds, '-A', '-o', 'wide');
        expect(text).toMatch(/statefulset\.apps\/airflow-worker\s+\d\/4/);
        expect(text).toMatch(/node\/eu-west-1a-01\s+Ready/);
        expect(text).toMatch(
          /cronjob\.batch\/daily-revenue\s+\*\/20 \* \* \* \*/,
        );
      } finally {
        await client.stop();
        await demo.stop();
      }
    },
    WIDE,
  );
});
