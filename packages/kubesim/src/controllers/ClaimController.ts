// SPDX-License-Identifier: Apache-2.0
import { asPod, isActive } from '../kubelet/Pod';
import { textOf } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';

const BIND_MS = 900;
const RETRY_MS = 15_000;
const COMPONENT = 'persistentvolume-controller';
const CLASSES = 'storageclasses.storage.k8s.io';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

type Claim = KubeObject & {
  spec?: {
    storageClassName?: string;
    volumeName?: string;
    resources?: { requests?: { storage?: string } };
    accessModes?: string[];
  };
};
type StorageClass = KubeObject & {
  provisioner?: string;
  volumeBindingMode?: string;
  reclaimPolicy?: string;
};

/** Binds claims to volumes it provisions, by what their storage class says: at once, or for the first pod. */
export class ClaimController implements Controller {
  readonly resource = 'persistentvolumeclaims';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const claim: Claim | undefined = this.ports.objects.get(
      this.resource,
      where,
    );
    if (!claim) {
      this.reclaim(where);
      return undefined;
    }
    const done = claim.status?.phase === 'Bound';
    if (claim.metadata.deletionTimestamp || done) return undefined;
    if (claim.spec?.volumeName)
      return this.bindTo(claim, claim.spec.volumeName);
    const className = this.classNameOf(claim);
    if (!className) {
      this.warn(
        claim,
        'FailedBinding',
        'no persistent volumes available for this claim and no storage class is set',
      );
      return RETRY_MS;
    }
    const storage: StorageClass | undefined = this.ports.objects.get(CLASSES, {
      name: className,
    });
    if (storage) return this.provision(claim, storage);
    this.warn(
      claim,
      'ProvisioningFailed',
      `storageclass.storage.k8s.io "${className}" not found`,
    );
    return RETRY_MS;
  }

  /** The class it names; the default one when it names none. An empty name means none at all. */
  private classNameOf({ spec }: Claim): string | undefined {
    if (spec?.storageClassName !== undefined) return spec.storageClassName;
    return this.ports.objects
      .list(CLASSES)
      .find(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true')
      ?.metadata.name;
  }

  private provision(claim: Claim, storage: StorageClass): number | undefined {
    const waits = storage.volumeBindingMode === 'WaitForFirstConsumer';
    if (waits && !this.isWanted(claim)) {
      this.ports.events.record(claim, {
        reason: 'WaitForFirstConsumer',
        message: 'waiting for first consumer to be created before binding',
        component: COMPONENT,
      });
      return RETRY_MS;
    }
    const { clock } = this.ports;
    const age = clock.now() - Date.parse(claim.metadata.creationTimestamp);
    if (age < BIND_MS) return BIND_MS - age;
    const volumeName = `pvc-${claim.metadata.uid}`;
    this.createVolume(claim, { volumeName, storage });
    this.bind(claim, volumeName, storage);
    this.ports.events.record(claim, {
      reason: 'ProvisioningSucceeded',
      message: `Successfully provisioned volume ${volumeName}`,
      component: storage.provisioner ?? COMPONENT,
    });
    return undefined;
  }

  private isWanted({ metadata }: Claim): boolean {
    return this.ports.objects
      .list('pods', metadata.namespace)
      .map(asPod)
      .some(
        pod =>
          isActive(pod) &&
          (pod.spec.volumes ?? []).some(
            ({ persistentVolumeClaim }) =>
              persistentVolumeClaim?.claimName === metadata.name,
          ),
      );
  }

  /** A claim that asks for a volume by name. */
  private bindTo(claim: Claim, name: string): number | undefined {
    const volume = this.ports.objects.get('persistentvolumes', { name });
    if (!volume) {
      this.warn(claim, 'FailedBinding', `volume "${name}" not found`);
      return RETRY_MS;
    }
    this.ports.objects.modify('persistentvolumes', { name }, draft => {
      draft.spec = { ...draft.spec, claimRef: referenceTo(claim) };
      draft.status = { ...draft.status, phase: 'Bound' };
    });
    this.bind(claim, name);
    return undefined;
  }

  private createVolume(
    claim: Claim,
    { volumeName, storage }: { volumeName: string; storage: StorageClass },
  ): void {
    const where = { name: volumeName };
    if (this.ports.objects.get('persistentvolumes', where)) return;
    const driver = storage.provisioner ?? 'kubernetes.io/no-provisioner';
    this.ports.objects.create('persistentvolumes', {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name: volumeName,
        annotations: { 'pv.kubernetes.io/provisioned-by': driver },
      },
      spec: {
        capacity: { storage: sizeOf(claim) },
        accessModes: claim.spec?.accessModes ?? ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: storage.reclaimPolicy ?? 'Delete',
        storageClassName: storage.metadata.name,
        volumeMode: 'Filesystem',
        claimRef: referenceTo(claim),
        csi: { driver, volumeHandle: `vol-${claim.metadata.uid}` },
      },
      status: { phase: 'Bound' },
    });
  }

  private bind(claim: Claim, volumeName: string, storage?: StorageClass): void {
    this.ports.objects.modify(this.resource, claim.metadata, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        'pv.kubernetes.io/bind-completed': 'yes',
        ...(storage
          ? {
              'pv.kubernetes.io/bound-by-controller': 'yes',
              'volume.kubernetes.io/storage-provisioner':
                storage.provisioner ?? '',
            }
          : {}),
      };
      const storageClassName = storage?.metadata.name;
      draft.spec = {
        ...draft.spec,
        volumeName,
        ...(storageClassName ? { storageClassName } : {}),
      };
      draft.status = {
        phase: 'Bound',
        accessModes: claim.spec?.accessModes ?? ['ReadWriteOnce'],
        capacity: { storage: sizeOf(claim) },
      };
    });
  }

  /** The volume of a claim that is gone goes too, unless its policy is to keep it. */
  private reclaim(where: { namespace: string; name: string }): void {
    for (const volume of this.ports.objects.list('persistentvolumes')) {
      const claimRef = volume.spec?.claimRef;
      if (!isReferenceTo(claimRef, where)) continue;
      const { name } = volume.metadata;
      if (volume.spec?.persistentVolumeReclaimPolicy === 'Delete')
        this.ports.objects.delete('persistentvolumes', { name });
      else
        this.ports.objects.modify('persistentvolumes', { name }, draft => {
          draft.status = { ...draft.status, phase: 'Released' };
        });
    }
  }

  private warn(claim: Claim, reason: string, message: string): void {
    this.ports.objects.modify(this.resource, claim.metadata, draft => {
      draft.status = { ...draft.status, phase: 'Pending' };
    });
    this.ports.events.record(claim, {
      type: reason === 'FailedBinding' ? 'Normal' : 'Warning',
      reason,
      message,
      component: COMPONENT,
    });
  }
}

function sizeOf({ spec }: Claim): string {
  return spec?.resources?.requests?.storage ?? '1Gi';
}

function referenceTo({ metadata }: Claim) {
  const { namespace, name, uid } = metadata;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    namespace,
    name,
    uid,
  };
}

function isReferenceTo(
  value: unknown,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = Object.fromEntries(Object.entries(value));
  return textOf(fields.namespace) === namespace && textOf(fields.name) === name;
}
