// SPDX-License-Identifier: Apache-2.0
import type { Kubesim } from '../Kubesim';
import { startKubesim } from '../startKubesim';
import { HttpClient } from '../testing/HttpClient';

const PODS = '/api/v1/namespaces/default/pods';
const CLASSES = '/apis/scheduling.k8s.io/v1/priorityclasses';

describe('a new pod', () => {
  let sim: Kubesim;
  let http: HttpClient;

  beforeEach(async () => {
    sim = await startKubesim();
    http = new HttpClient(sim);
  });
  afterEach(() => sim.stop());

  const create = async (spec: object = {}) =>
    (
      await http.post(PODS, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { generateName: 'p-' },
        spec: { containers: [{ name: 'main', image: 'web:1' }], ...spec },
      })
    ).body;
  const account = (change: object) =>
    sim.objects.modify(
      'serviceaccounts',
      { namespace: 'default', name: 'default' },
      draft => void Object.assign(draft, change),
    );
  const priorityClass = (name: string, value: number, more: object = {}) =>
    http.post(CLASSES, {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
      ...more,
    });

  it('gets the token of its service account mounted', async () => {
    const { spec } = await create();
    const [volume] = spec.volumes;
    expect(spec.serviceAccountName).toBe('default');
    expect(volume.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(volume.projected.sources).toHaveLength(3);
    expect(spec.containers[0].volumeMounts).toEqual([
      {
        name: volume.name,
        readOnly: true,
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      },
    ]);
  });

  it('gets no token when it or its account says so, but its pull secrets', async () => {
    const { spec: own } = await create({ automountServiceAccountToken: false });
    expect(own.volumes).toBeUndefined();
    account({
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'registry' }],
    });
    const { spec } = await create();
    expect(spec.volumes).toBeUndefined();
    expect(spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
    const { spec: wanted } = await create({
      automountServiceAccountToken: true,
    });
    expect(wanted.volumes).toHaveLength(1);
  });

  it('is refused with an account that is not there', async () => {
    expect((await create({ serviceAccountName: 'nope' })).message).toMatch(
      /^pods "p-.{5}" is forbidden: error looking up service account default\/nope: serviceaccount "nope" not found$/,
    );
  });

  it('tolerates nodes that are gone for five minutes', async () => {
    const { spec } = await create();
    expect(spec.tolerations.map((item: { key: string }) => item.key)).toEqual([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ]);
    const all = [{ operator: 'Exists' }];
    expect((await create({ tolerations: all })).spec.tolerations).toEqual(all);
  });

  it('has the priority of its class, or of the default class', async () => {
    const none = await create();
    expect(none.spec).toMatchObject({
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
    });
    expect(none.spec.priorityClassName).toBeUndefined();
    await priorityClass('high', 1000, { preemptionPolicy: 'Never' });
    expect((await create({ priorityClassName: 'high' })).spec).toMatchObject({
      priority: 1000,
      preemptionPolicy: 'Never',
    });
    await priorityClass('normal', 7, { globalDefault: true });
    expect((await create()).spec).toMatchObject({
      priority: 7,
      priorityClassName: 'normal',
    });
    const second = await priorityClass('other', 9, { globalDefault: true });
    expect(second.body.message).toBe(
      'priorityclasses.scheduling.k8s.io "other" is forbidden: PriorityClass normal is already marked as default. Only one default can exist',
    );
  });

  it('cannot choose a priority itself, nor a class that is not there', async () => {
    expect((await create({ priority: 5 })).message).toContain(
      'is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
    );
    expect((await create({ priorityClassName: 'nope' })).message).toContain(
      'is forbidden: no PriorityClass with name nope was found',
    );
  });

  it.each([
    [
      'system-mine',
      9,
      "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
    ],
    [
      'big',
      2_000_000_000,
      'value: Forbidden: maximum allowed value of a user defined priority is 1000000000',
    ],
  ])('has no class %s of %d', async (name, value, why) => {
    expect((await priorityClass(name, value)).body.message).toBe(
      `PriorityClass.scheduling.k8s.io "${name}" is invalid: ${why}`,
    );
  });
});
