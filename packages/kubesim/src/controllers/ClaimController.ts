// SPDX-License-Identifier: Apache-2.0
import type { KubeObject } from '../storage/Objects';
import {
  whereOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';

/** The storage class that the simulated cluster does not have. */
export const MISSING_CLASS = 'missing';
const BIND_MS = 900;
const RETRY_MS = 15_000;

type Claim = KubeObject & {
  spec?: {
    storageClassName?: string;
    resources?: { requests?: { storage?: string } };
    accessModes?: string[];
  };
};

/** Binds claims to volumes; a claim of an unknown class stays Pending. */
export class ClaimController implements Controller {
  readonly resource = 'persistentvolumeclaims';

  constructor(private readonly ports: ControllerPorts) {}

  reconcile(key: string): number | undefined {
    const where = whereOf(key);
    const claim: Claim | undefined = this.ports.objects.get(
      this.resource,
      where,
    );
    if (
      !claim ||
      claim.metadata.deletionTimestamp ||
      claim.status?.phase === 'Bound'
    )
      return undefined;
    const { spec, metadata } = claim;
    if (spec?.storageClassName === MISSING_CLASS) {
      const message = `storageclass.storage.k8s.io "${MISSING_CLASS}" not found`;
      this.setPhase(where, { phase: 'Pending' });
      this.ports.events.record(claim, {
        type: 'Warning',
        reason: 'ProvisioningFailed',
        message,
        component: 'persistentvolume-controller',
      });
      return RETRY_MS;
    }
    const age = this.ports.clock.now() - Date.parse(metadata.creationTimestamp);
    if (age < BIND_MS) return BIND_MS - age;
    const volumeName = `pvc-${metadata.uid}`;
    this.setPhase(
      where,
      {
        phase: 'Bound',
        accessModes: spec?.accessModes ?? ['ReadWriteOnce'],
        capacity: { storage: spec?.resources?.requests?.storage ?? '1Gi' },
      },
      volumeName,
    );
    const message = `Successfully provisioned volume ${volumeName}`;
    this.ports.events.record(claim, {
      reason: 'ProvisioningSucceeded',
      message,
      component: 'ebs.csi.aws.com',
    });
    return undefined;
  }

  private setPhase(
    where: { namespace: string; name: string },
    status: Record<string, unknown>,
    volumeName?: string,
  ): void {
    this.ports.objects.modify(this.resource, where, draft => {
      draft.status = status;
      if (volumeName) draft.spec = { ...draft.spec, volumeName };
    });
  }
}
