// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from './Kubesim';
import { parseScenario } from './scenario/parseScenario';
import { startKubesim } from './startKubesim';
import { Kubectl } from './testing/Kubectl';

const SCENARIO = `
clusterName: tasks
startedAgo: 1h
namespaces:
  - name: shop
    workloads:
      - kind: Deployment
        name: web
        release: '1.0.0'
        image: registry.acme.example/web
        replicas: 2
        logs: { profile: http, perMinute: 600 }
        resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { cpu: 200m, memory: 128Mi } }
        service: { port: 80 }
`;
const NEW_IMAGE = 'main=registry.acme.example/web:2.0.0';

/** kubectl starts as a process of its own. */
jest.setTimeout(60_000);

/** What people do with kubectl all day, done with the real one. */
describe('the tasks of kubectl on a simulated cluster', () => {
  let sim: Kubesim;
  let kubectl: Kubectl;
  let container: string;

  beforeAll(async () => {
    sim = await startKubesim({
      scenario: parseScenario(SCENARIO, 'tasks.yaml'),
      speed: 20,
    });
    kubectl = await Kubectl.start(`${sim.url}/_as/${sim.token}`);
    container = await shop(
      'get',
      'deployment/web',
      '-o',
      'jsonpath={.spec.template.spec.containers[0].name}',
    );
  });
  afterAll(async () => {
    await kubectl?.stop();
    await sim?.stop();
  });

  function shop(...args: string[]): Promise<string> {
    return kubectl.run('--namespace=shop', ...args);
  }

  function image(): Promise<string> {
    return shop(
      'get',
      'deployment/web',
      '-o',
      'jsonpath={.spec.template.spec.containers[0].image}',
    );
  }

  function rolledOut(): Promise<string> {
    return shop('rollout', 'status', 'deployment/web', '--timeout=30s');
  }

  function manifest(name: string, data: Readonly<Record<string, string>>) {
    return kubectl.manifest(name, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'shop' },
      data,
    });
  }

  it('makes config maps, secrets and namespaces from the command line', async () => {
    expect(
      await shop('create', 'configmap', 'colours', '--from-literal=sky=blue'),
    ).toBe('configmap/colours created\n');
    expect(
      await shop(
        'create',
        'secret',
        'generic',
        'door',
        '--from-literal=key=1234',
      ),
    ).toBe('secret/door created\n');
    expect(await kubectl.run('create', 'namespace', 'annex')).toBe(
      'namespace/annex created\n',
    );
    const where = { namespace: 'shop', name: 'door' };
    expect(sim.objects.get('secrets', where)).toMatchObject({
      data: { key: Buffer.from('1234').toString('base64') },
      type: 'Opaque',
    });
  });

  it('labels and annotates, also against a change of mind', async () => {
    await shop('create', 'configmap', 'marked');
    expect(await shop('label', 'configmap/marked', 'tier=gold')).toBe(
      'configmap/marked labeled\n',
    );
    await expect(
      shop('label', 'configmap/marked', 'tier=silver'),
    ).rejects.toThrow('--overwrite is false');
    await shop('label', 'configmap/marked', 'tier-');
    await shop('annotate', 'configmap/marked', 'note=kept');
    const where = { namespace: 'shop', name: 'marked' };
    const { metadata } = sim.objects.get('configmaps', where) ?? {};
    expect(metadata?.labels?.tier).toBeUndefined();
    expect(metadata?.annotations).toMatchObject({ note: 'kept' });
  });

  it('tells by diff what an apply would change, and changes nothing', async () => {
    const first = await manifest('differing', { sky: 'blue' });
    await kubectl.run('apply', '-f', first);
    expect(await kubectl.attempt('diff', '-f', first)).toMatchObject({
      code: 0,
      stdout: '',
    });
    const second = await manifest('differing', { sky: 'grey' });
    const { code, stdout } = await kubectl.attempt('diff', '-f', second);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^-\s+sky: blue$/m);
    expect(stdout).toMatch(/^\+\s+sky: grey$/m);
    const where = { namespace: 'shop', name: 'differing' };
    expect(sim.objects.get('configmaps', where)).toMatchObject({
      data: { sky: 'blue' },
    });
  });

  it('applies on the server side, and says with whom it conflicts', async () => {
    const serverSide = (path: string, manager: string, ...more: string[]) =>
      kubectl.run(
        'apply',
        '--server-side',
        `--field-manager=${manager}`,
        '-f',
        path,
        ...more,
      );
    await serverSide(await manifest('shared', { sky: 'blue' }), 'alice');
    const grey = await manifest('shared', { sky: 'grey' });
    await expect(serverSide(grey, 'bob')).rejects.toThrow(
      'Apply failed with 1 conflict: conflict with "alice": .data.sky',
    );
    expect(await serverSide(grey, 'bob', '--force-conflicts')).toBe(
      'configmap/shared serverside-applied\n',
    );
  });

  it('edits by each kind of patch', async () => {
    await shop('create', 'configmap', 'edited', '--from-literal=a=1');
    const patch = (type: string, body: unknown) =>
      shop(
        'patch',
        'configmap/edited',
        `--type=${type}`,
        '-p',
        JSON.stringify(body),
      );
    await patch('merge', { data: { b: '2' } });
    await patch('strategic', { data: { c: '3' } });
    await patch('json', [{ op: 'remove', path: '/data/a' }]);
    const where = { namespace: 'shop', name: 'edited' };
    expect(sim.objects.get('configmaps', where)).toHaveProperty('data', {
      b: '2',
      c: '3',
    });
  });

  it('rolls out, tells the history, undoes and restarts', async () => {
    const before = await image();
    await shop(
      'set',
      'image',
      'deployment/web',
      NEW_IMAGE.replace('main', container),
    );
    expect(await rolledOut()).toContain('successfully rolled out');
    expect(await image()).toBe('registry.acme.example/web:2.0.0');
    expect(await shop('rollout', 'history', 'deployment/web')).toMatch(
      /^1\s.*\n2\s/m,
    );
    expect(await shop('rollout', 'undo', 'deployment/web')).toBe(
      'deployment.apps/web rolled back\n',
    );
    expect(await rolledOut()).toContain('successfully rolled out');
    expect(await image()).toBe(before);
    await shop('rollout', 'restart', 'deployment/web');
    expect(await rolledOut()).toContain('successfully rolled out');
    const where = { namespace: 'shop', name: 'web' };
    expect(
      JSON.stringify(sim.objects.get('deployments.apps', where)?.spec),
    ).toContain('kubectl.kubernetes.io/restartedAt');
    await shop('rollout', 'pause', 'deployment/web');
    await shop('rollout', 'resume', 'deployment/web');
  });

  it('scales, if the present count is the expected one', async () => {
    await expect(
      shop('scale', 'deployment/web', '--current-replicas=7', '--replicas=3'),
    ).rejects.toThrow('Expected replicas to be 7');
    await shop('scale', 'deployment/web', '--replicas=3');
    await rolledOut();
    expect(
      await shop(
        'wait',
        '--for=condition=Available',
        'deployment/web',
        '--timeout=30s',
      ),
    ).toBe('deployment.apps/web condition met\n');
    const ready = await shop(
      'wait',
      '--for=jsonpath={.status.readyReplicas}=3',
      'deployment/web',
      '--timeout=30s',
    );
    expect(ready).toBe('deployment.apps/web condition met\n');
  });

  it('autoscales', async () => {
    expect(
      await shop(
        'autoscale',
        'deployment/web',
        '--min=2',
        '--max=5',
        '--cpu-percent=80',
      ),
    ).toBe('horizontalpodautoscaler.autoscaling/web autoscaled\n');
    expect(await shop('get', 'hpa')).toMatch(/^web\s+Deployment\/web\s/m);
    await shop('delete', 'hpa', 'web');
  });

  it('reads logs by label, container, tail and time', async () => {
    const lines = (text: string) => text.trimEnd().split('\n');
    const tail = await shop('logs', 'deployment/web', '--tail=2');
    expect(lines(tail)).toHaveLength(2);
    const stamped = await shop(
      'logs',
      'deployment/web',
      '--tail=1',
      '--timestamps',
      `--container=${container}`,
    );
    expect(stamped).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
    const bytes = await shop('logs', 'deployment/web', '--limit-bytes=10');
    expect(bytes).toHaveLength(10);
    await expect(
      shop('logs', 'deployment/web', '--container=none'),
    ).rejects.toThrow('container none is not valid for pod');
  });

  it('asks what one may, and what another may', async () => {
    expect(await shop('auth', 'can-i', 'delete', 'pods')).toBe('yes\n');
    const jane = ['--as=jane'];
    const refused = await kubectl.attempt(
      ...['--namespace=shop', 'auth', 'can-i', 'list', 'pods', ...jane],
    );
    expect(refused).toMatchObject({ code: 1, stdout: 'no\n' });
    await shop(
      'create',
      'role',
      'reader',
      '--verb=get,list',
      '--resource=pods',
    );
    await shop(
      'create',
      'rolebinding',
      'jane-reads',
      '--role=reader',
      '--user=jane',
    );
    expect(await shop('auth', 'can-i', 'list', 'pods', ...jane)).toBe('yes\n');
    expect(await shop('auth', 'can-i', '--list', ...jane)).toMatch(
      /^pods\s.*\[get list\]$/m,
    );
    await expect(shop('delete', 'pods', '--all', ...jane)).rejects.toThrow(
      'User "jane" cannot delete resource "pods"',
    );
    expect(await kubectl.run('auth', 'whoami', ...jane)).toMatch(
      /^Username\s+jane$/m,
    );
  });

  it('tells what pods and nodes use', async () => {
    expect(await shop('top', 'pods')).toMatch(/^web-\S+\s+\d+m\s+\d+Mi/m);
    expect(await kubectl.run('top', 'nodes')).toMatch(/^\S+\s+\d+m\s+\d+%/m);
  });

  it('shows objects in every form', async () => {
    expect(await shop('get', 'pods', '-o', 'wide')).toMatch(
      /NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE\s+IP\s+NODE/,
    );
    expect(await shop('get', 'deployment/web', '-o', 'yaml')).toMatch(
      /^kind: Deployment$/m,
    );
    expect(
      await shop('get', 'pods', '--sort-by=.metadata.name', '-o', 'name'),
    ).toMatch(/^pod\/web-/);
    const columns = 'NAME:.metadata.name,WANTED:.spec.replicas';
    expect(
      await shop('get', 'deployments', '-o', `custom-columns=${columns}`),
    ).toMatch(/^web\s+\d$/m);
    expect(
      await shop(
        'get',
        'pods',
        '--field-selector=status.phase=Running',
        '--show-labels',
      ),
    ).toContain('pod-template-hash=');
  });

  it('describes, lists events and explains', async () => {
    expect(await shop('describe', 'service', 'web')).toMatch(
      /^Endpoints:\s+\d+\./m,
    );
    expect(await shop('events', '--for=deployment/web')).toContain(
      'ScalingReplicaSet',
    );
    expect(await kubectl.run('explain', 'deployment.spec.replicas')).toMatch(
      /FIELD: replicas <integer>/,
    );
  });

  it('deletes, waits until it is gone, and by selector', async () => {
    await shop('create', 'configmap', 'gone');
    await shop('label', 'configmap/gone', 'sweep=yes');
    expect(await shop('delete', 'configmaps', '-l', 'sweep=yes')).toBe(
      'configmap "gone" deleted\n',
    );
    expect(
      await shop('delete', 'deployment', 'web', '--cascade=foreground'),
    ).toBe('deployment.apps "web" deleted\n');
    expect(sim.objects.list('replicasets.apps', 'shop')).toEqual([]);
    await kubectl.run('delete', 'namespace', 'annex');
    expect(sim.objects.get('namespaces', { name: 'annex' })).toBeUndefined();
  });
});
