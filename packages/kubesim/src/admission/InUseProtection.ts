// SPDX-License-Identifier: Apache-2.0
import { CLAIM_FINALIZER } from '../controllers/ClaimProtection';
import type { Kind } from '../kinds/Kind';
import type { Admission, Change } from './Admission';

/** Marks every new claim, so that it cannot go while a pod uses it. */
export class InUseProtection implements Admission {
  admit(kind: Kind, { draft: { metadata }, current }: Change): void {
    if (kind.resource !== 'persistentvolumeclaims' || current) return;
    const { finalizers = [] } = metadata;
    if (finalizers.includes(CLAIM_FINALIZER)) return;
    metadata.finalizers = [...finalizers, CLAIM_FINALIZER];
  }
}
