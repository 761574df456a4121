// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { renderEnvironment } from '../renderEnvironment';
import { plannedModule, renderInput } from '../testing/renderInput';
import { resourceNotes } from './resourceNotes';
import { resourcesOf } from './resourcesOf';

const Mi = 2 ** 20;
const Gi = 2 ** 30;

const asks = (cpu: string, memory: string) => ({
  resources: { requests: { cpu, memory }, limits: { cpu, memory } },
});

function workload(
  kind: string,
  pod: Record<string, unknown>,
  spec: Record<string, unknown> = {},
): KubeManifest {
  const template = { spec: pod };
  return {
    apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'web', namespace: 'acme-prod' },
    spec:
      kind === 'CronJob'
        ? { ...spec, jobTemplate: { spec: { template } } }
        : { ...spec, template },
  };
}

function amounts(...manifests: readonly KubeManifest[]) {
  const objects = manifests.map(manifest => ({
    manifest,
    module: 'web',
    wave: 0,
  }));
  return resourcesOf(objects, [])[0].amounts;
}

const one = { containers: [asks('100m', '128Mi')] };

describe('amounts of pods', () => {
  it('are those of the containers together, times the replicas', () => {
    const pod = { containers: [asks('100m', '128Mi'), asks('50m', '64Mi')] };
    expect(amounts(workload('Deployment', pod, { replicas: 3 }))).toMatchObject(
      {
        'requests.cpu': expect.closeTo(0.45),
        'requests.memory': 3 * 192 * Mi,
        'limits.memory': 3 * 192 * Mi,
        pods: 3,
        'count/deployments.apps': 1,
      },
    );
  });

  it('are those of the greatest init container where it needs more', () => {
    const pod = {
      initContainers: [asks('2', '1Gi'), asks('100m', '2Gi')],
      containers: [asks('500m', '512Mi')],
    };
    expect(amounts(workload('Deployment', pod))).toMatchObject({
      'requests.cpu': 2,
      'requests.memory': 2 * Gi,
    });
  });

  it('count a sidecar with the main containers, and with init containers after it', () => {
    const pod = {
      initContainers: [
        asks('1', '100Mi'),
        { restartPolicy: 'Always', ...asks('200m', '300Mi') },
        asks('1', '100Mi'),
      ],
      containers: [asks('500m', '512Mi')],
    };
    expect(amounts(workload('Deployment', pod))).toMatchObject({
      'requests.cpu': 1.2,
      'requests.memory': 812 * Mi,
    });
  });

  it('are what the pod says as a whole where it does', () => {
    const pod = { ...one, resources: { requests: { cpu: '2' } } };
    expect(amounts(workload('Deployment', pod))).toMatchObject({
      'requests.cpu': 2,
      'requests.memory': 128 * Mi,
    });
  });

  it('take a limit for a request that is not said', () => {
    const pod = { containers: [{ resources: { limits: { cpu: '1' } } }] };
    expect(amounts(workload('Deployment', pod))).toMatchObject({
      'requests.cpu': 1,
    });
  });

  it('take the defaults of the LimitRange for what is not said at all', () => {
    const { objects } = renderEnvironment(renderInput());
    const manifest = workload('Deployment', { containers: [{}] });
    const all = resourcesOf(
      [...objects, { manifest, module: 'web', wave: 0 }],
      [],
    );
    expect(all.find(({ module }) => module === 'web')?.amounts).toMatchObject({
      'requests.cpu': 0.05,
      'limits.cpu': 0.5,
      'requests.memory': 64 * Mi,
      'limits.memory': 256 * Mi,
    });
  });

  it('count extended resources under requests alone', () => {
    const gpu = {
      requests: { 'nvidia.com/gpu': 1 },
      limits: { 'nvidia.com/gpu': 1 },
    };
    const found = amounts(
      workload(
        'Deployment',
        { containers: [{ resources: gpu }] },
        { replicas: 2 },
      ),
    );
    expect(found).toMatchObject({ 'requests.nvidia.com/gpu': 2 });
    expect(found).not.toHaveProperty(['limits.nvidia.com/gpu']);
  });
});

describe('how many pods are counted', () => {
  it.each([
    ['Deployment', {}, 1],
    ['Deployment', { replicas: 0 }, 0],
    ['StatefulSet', { replicas: 4 }, 4],
    ['DaemonSet', {}, 1],
    ['Job', {}, 1],
    ['Job', { parallelism: 5, completions: 3 }, 3],
    ['Job', { suspend: true }, 0],
    ['CronJob', {}, 1],
    ['CronJob', { suspend: true }, 0],
  ])('of a %s with %j', (kind, spec, pods) => {
    expect(amounts(workload(kind, one, spec)).pods).toBe(pods);
  });

  it('is the least of an autoscaled workload, and the most stands in a note', () => {
    const scaler: KubeManifest = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        minReplicas: 2,
        maxReplicas: 9,
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
      },
    };
    const manifests = [workload('Deployment', one), scaler];
    expect(amounts(...manifests).pods).toBe(2);
    const objects = manifests.map(manifest => ({ manifest, wave: 0 }));
    expect(resourceNotes('prod', objects)).toEqual([
      {
        environment: 'prod',
        subject: 'Deployment/web',
        kind: 'estimated',
        message:
          'A rollout needs 1 more pod for a while, which is not counted.',
      },
      {
        environment: 'prod',
        subject: 'HorizontalPodAutoscaler/web',
        kind: 'estimated',
        message:
          'Deployment/web is counted with its least number of pods, 2; it may grow to 9.',
      },
    ]);
  });

  it('of a Deployment that is recreated needs no pods for a rollout', () => {
    const manifest = workload('Deployment', one, {
      strategy: { type: 'Recreate' },
    });
    expect(resourceNotes('prod', [{ manifest, wave: 0 }])).toEqual([]);
  });
});

describe('amounts of volumes and objects', () => {
  const claim = {
    metadata: { name: 'data' },
    spec: {
      storageClassName: 'fast',
      resources: { requests: { storage: '5Gi' } },
    },
  };

  it('count the volumes of a StatefulSet once per replica and by storage class', () => {
    expect(
      amounts(
        workload('StatefulSet', one, {
          replicas: 3,
          volumeClaimTemplates: [claim],
        }),
      ),
    ).toMatchObject({
      'requests.storage': 15 * Gi,
      persistentvolumeclaims: 3,
      'fast.storageclass.storage.k8s.io/requests.storage': 15 * Gi,
      'fast.storageclass.storage.k8s.io/persistentvolumeclaims': 3,
    });
  });

  it('count ephemeral volumes with their pods', () => {
    const pod = {
      ...one,
      volumes: [{ name: 'x', ephemeral: { volumeClaimTemplate: claim } }],
    };
    expect(amounts(workload('Deployment', pod, { replicas: 2 }))).toMatchObject(
      { persistentvolumeclaims: 2, 'requests.storage': 10 * Gi },
    );
  });

  it('count objects by both names of a quota', () => {
    const object = (kind: string, spec: Record<string, unknown> = {}) => ({
      apiVersion: 'v1',
      kind,
      metadata: { name: 'web' },
      spec,
    });
    expect(
      amounts(
        object('ConfigMap'),
        object('Service', { type: 'LoadBalancer', ports: [{}, {}] }),
        { ...object('PersistentVolumeClaim'), spec: claim.spec },
      ),
    ).toMatchObject({
      configmaps: 1,
      'count/configmaps': 1,
      services: 1,
      'services.loadbalancers': 1,
      'services.nodeports': 2,
      persistentvolumeclaims: 1,
      'count/persistentvolumeclaims': 1,
    });
  });
});

describe('a footprint', () => {
  const footprint = {
    cpu: '500m',
    memory: '1Gi',
    pods: '2',
    'limits.cpu': '1',
  };
  const chart = plannedModule({
    name: 'lake',
    content: { kind: 'chart', chart: { name: 'lake' }, values: {} },
    release: { footprint },
  });

  it('stands for the objects of a chart and is marked as stated', () => {
    expect(resourcesOf([], [chart])).toEqual([
      {
        module: 'lake',
        estimated: true,
        amounts: {
          'requests.cpu': 0.5,
          'requests.memory': Gi,
          pods: 2,
          'limits.cpu': 1,
        },
      },
    ]);
  });

  it('is not added to objects that are seen', () => {
    const web = plannedModule({ release: { footprint } });
    const objects = [
      { manifest: workload('Deployment', one), module: 'web', wave: 0 },
    ];
    expect(resourcesOf(objects, [web])).toMatchObject([
      { module: 'web', estimated: false, amounts: { pods: 1 } },
    ]);
  });
});
