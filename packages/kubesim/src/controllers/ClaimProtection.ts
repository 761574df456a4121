// SPDX-License-Identifier: Apache-2.0
import { asPod } from '../kubelet/Pod';
import type { KubeObject, Objects } from '../storage/Objects';

/** What holds a claim while a pod uses it. */
export const CLAIM_FINALIZER = 'kubernetes.io/pvc-protection';
const CLAIMS = 'persistentvolumeclaims';

/**
 * Lets a claim that is told to go do so once no pod uses it. As on the real server, a pod counts from when it is on a
 * node until it is gone, even if it has ended long before.
 */
export class ClaimProtection {
  constructor(private readonly objects: Objects) {}

  start(): void {
    this.objects.onChange(({ type, resource, object }) => {
      if (resource === CLAIMS && type !== 'DELETED') this.release(object);
      if (resource === 'pods' && type === 'DELETED') this.releaseOf(object);
    });
  }

  private releaseOf(pod: KubeObject): void {
    const { namespace } = pod.metadata;
    for (const name of claimsOf(pod)) {
      const claim = this.objects.get(CLAIMS, { namespace, name });
      if (claim) this.release(claim);
    }
  }

  private release({ metadata }: KubeObject): void {
    const { deletionTimestamp, finalizers = [] } = metadata;
    if (!deletionTimestamp || !finalizers.includes(CLAIM_FINALIZER)) return;
    if (this.isUsed(metadata)) return;
    this.objects.modify(CLAIMS, metadata, draft => {
      draft.metadata.finalizers = draft.metadata.finalizers?.filter(
        finalizer => finalizer !== CLAIM_FINALIZER,
      );
    });
  }

  private isUsed({ namespace, name }: KubeObject['metadata']): boolean {
    return this.objects
      .list('pods', namespace)
      .some(pod => asPod(pod).spec.nodeName && claimsOf(pod).includes(name));
  }
}

function claimsOf(pod: KubeObject): string[] {
  return (asPod(pod).spec.volumes ?? []).flatMap(
    ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? [],
  );
}
