// SPDX-License-Identifier: Apache-2.0
import type { Metadata, OwnerReference } from '../storage/Objects';
import { frozen } from '../storage/sharedCopy';
import { timestamp } from '../storage/timestamp';
import type { Random } from '../time/Clock';
import { generatedPodSpec } from './generatedPodSpec';
import { digits, suffix, uuid } from './generatedText';
import { podFields } from './managedFields';
import type { Placed } from './workloadObjects';

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
/** The token of the service account. */
const PROJECTED = frozen({
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
});
/** When generated objects were made. */
export const BORN = Date.parse('2026-11-01T08:00:00Z');
const HOST_IPS = frozen([{ ip: '10.0.0.10' }]);
const TOLERATIONS = frozen(
  ['not-ready', 'unreachable'].map(name => ({
    key: `node.kubernetes.io/${name}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  })),
);

/** What all generated pods of an app share. */
export type PodParts = ReturnType<typeof podParts>;
/** What all pods of a generated ReplicaSet share. */
export type SetParts = ReturnType<typeof setParts>;

export function podParts(app: string) {
  return frozen({ spec: generatedPodSpec(app) });
}

export function setParts({
  set,
  labels,
  pod,
  random,
}: {
  set: Partial<Metadata>;
  labels: Record<string, string>;
  pod: PodParts;
  random: Random;
}) {
  const [{ image }] = pod.spec.containers;
  return {
    imageID: `${image.split(':')[0]}@sha256:${digits(random, 64)}`,
    generateName: `${set.name}-`,
    /** Names that are taken: of so many pods, some would get the same. */
    suffixes: new Set<string>(),
    metadata: frozen({
      labels,
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '8080',
        'checksum/config': digits(random, 64),
      },
      ownerReferences: ownedBy('ReplicaSet', set),
      managedFields: podFields(BORN, set.uid ?? ''),
    }),
  };
}

/** A running pod of a generated ReplicaSet. */
export function generatedPod({
  set,
  made,
  pod,
  random,
}: {
  set: Partial<Metadata>;
  made: SetParts;
  pod: PodParts;
  random: Random;
}): Placed {
  const token = `kube-api-access-${suffix(random)}`;
  const { spec } = pod;
  const [container] = spec.containers;
  const metadata = {
    name: [set.name, freeSuffix(made.suffixes, random)].join('-'),
    generateName: made.generateName,
    namespace: set.namespace,
    uid: uuid(random),
    ...made.metadata,
  };
  const mount = { name: token, readOnly: true, mountPath: MOUNT_PATH };
  return {
    resource: 'pods',
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata,
      spec: {
        ...spec,
        volumes: [...spec.volumes, { name: token, projected: PROJECTED }],
        containers: [
          { ...container, volumeMounts: [...container.volumeMounts, mount] },
        ],
        nodeName: `node-${Math.floor(random() * 50)}`,
        tolerations: TOLERATIONS,
      },
      status: podStatus(container.image, made.imageID, random),
    },
  };
}

function podStatus(image: string, imageID: string, random: Random) {
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
    hostIPs: HOST_IPS,
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
        imageID,
        containerID: ['containerd', digits(random, 64)].join('://'),
        started: true,
      },
    ],
    qosClass: 'Burstable',
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

function freeSuffix(taken: Set<string>, random: Random): string {
  let made = suffix(random);
  while (taken.has(made)) made = suffix(random);
  taken.add(made);
  return made;
}
