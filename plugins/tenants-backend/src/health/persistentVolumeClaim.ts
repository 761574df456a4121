// SPDX-License-Identifier: Apache-2.0
import type { PersistentVolumeClaimObject } from '../informers/objects';
import { newestEvent, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** Judges a claim. One that waits for its first pod is as its storage class wants it. */
export function judgePersistentVolumeClaim(
  claim: PersistentVolumeClaimObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const gone = judgeTerminating(claim, now);
  if (gone) return explainProtection(claim, gone);
  if (claim.phase === 'Bound') return healthy('Bound');
  if (claim.phase === 'Lost') {
    const message = `The volume behind claim ${claim.name} is gone; its data is not reachable.`;
    return { code: 'Degraded', reason: 'Lost', message };
  }
  return judgePending(claim, context, now);
}

/** The finalizer that keeps a claim while a pod uses it. */
const PROTECTION = 'kubernetes.io/pvc-protection';

function explainProtection(
  claim: PersistentVolumeClaimObject,
  verdict: Verdict,
): Verdict {
  if (!claim.finalizers.includes(PROTECTION)) return verdict;
  return { ...verdict, message: `${verdict.message} A pod still uses it.` };
}

function judgePending(
  claim: PersistentVolumeClaimObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const said = newestEvent(claim, context, [
    'ProvisioningFailed',
    'FailedBinding',
    'WaitForFirstConsumer',
  ]);
  if (said?.reason === 'WaitForFirstConsumer') return healthy(said.reason);
  const storage = claim.storageClass
    ? ` of storage class ${claim.storageClass}`
    : '';
  const since = claim.createdAt;
  const changesAt = said
    ? undefined
    : limitEnd(since, LIMITS.provisioningMs, now);
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: said?.reason ?? 'Pending',
    message: `Claim ${claim.name} waits for a volume${storage}${because(
      said?.message,
    )}.`,
    since,
    changesAt,
  };
}
