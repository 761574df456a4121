// SPDX-License-Identifier: Apache-2.0
import { hex, pick } from '../logs/LineContext';
import type { Metadata, OwnerReference } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import type { Random } from '../time/Clock';
import { generatedPodSpec } from './generatedPodSpec';
import { podFields } from './managedFields';
import type { Placed } from './workloadObjects';

/** When generated objects were made. */
export const BORN = Date.parse('2026-11-01T08:00:00Z');
const LETTERS = [...'bcdfghjklmnpqrstvwxz2456789'];
const TOLERATIONS = ['not-ready', 'unreachable'].map(name => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

/** A running pod of a generated ReplicaSet. */
export function generatedPod({
  set,
  labels,
  app,
  random,
}: {
  set: Partial<Metadata>;
  labels: Record<string, string>;
  app: string;
  random: Random;
}): Placed {
  const token = `kube-api-access-${suffix(random)}`;
  const spec = generatedPodSpec(app);
  const mounts = [
    ...spec.containers[0].volumeMounts,
    {
      name: token,
      readOnly: true,
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
    },
  ];
  const metadata = {
    name: `${set.name}-${suffix(random)}`,
    generateName: `${set.name}-`,
    namespace: set.namespace,
    uid: uuid(random),
    labels,
    annotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '8080',
      'checksum/config': hex(random, 64),
    },
    ownerReferences: ownedBy('ReplicaSet', set),
    managedFields: podFields(BORN, set.uid ?? ''),
  };
  return {
    resource: 'pods',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: {
        ...spec,
        volumes: [...spec.volumes, tokenVolume(token)],
        containers: [{ ...spec.containers[0], volumeMounts: mounts }],
        nodeName: `node-${Math.floor(random() * 50)}`,
        tolerations: TOLERATIONS,
      },
      status: podStatus(spec.containers[0].image, random),
    },
  };
}

function podStatus(image: string, random: Random) {
  const at = timestamp(BORN + Math.floor(random() * 86_400_000));
  const ip = `10.${Math.floor(random() * 200)}.${Math.floor(
    random() * 250,
  )}.${Math.floor(random() * 250)}`;
  const names = [
    'PodReadyToStartContainers',
    'Initialized',
    'Ready',
    'ContainersReady',
    'PodScheduled',
  ];
  return {
    phase: 'Running',
    conditions: names.map(type => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: at,
    })),
    hostIP: '10.0.0.10',
    hostIPs: [{ ip: '10.0.0.10' }],
    podIP: ip,
    podIPs: [{ ip }],
    startTime: at,
    containerStatuses: [
      {
        name: 'main',
        state: { running: { startedAt: at } },
        lastState: {},
        ready: true,
        restartCount: 0,
        image,
        imageID: `${image.split(':')[0]}@sha256:${hex(random, 64)}`,
        containerID: `containerd://${hex(random, 64)}`,
        started: true,
      },
    ],
    qosClass: 'Burstable',
  };
}

function tokenVolume(token: string) {
  return {
    name: token,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        {
          configMap: {
            name: 'kube-root-ca.crt',
            items: [{ key: 'ca.crt', path: 'ca.crt' }],
          },
        },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
              },
            ],
          },
        },
      ],
      defaultMode: 420,
    },
  };
}

export function ownedBy(
  kind: string,
  { name = '', uid = '' }: Partial<Metadata>,
): OwnerReference[] {
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      name,
      uid,
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
}

export function uuid(random: Random): string {
  return `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(
    random,
    3,
  )}-${hex(random, 12)}`;
}

function suffix(random: Random): string {
  return Array.from({ length: 5 }, () => pick(random, LETTERS)).join('');
}
