// SPDX-License-Identifier: Apache-2.0
import type { GenericObject } from '../informers/objects';
import { judgeFluxObject } from './fluxObject';
import { conditionOf, type HealthContext } from './HealthCheck';
import type { Verdict } from './Verdict';

/** Judges a Flux HelmRelease; says so when it was rolled back after a failed upgrade. */
export function judgeHelmRelease(
  release: GenericObject,
  _context: HealthContext,
  now: Date,
): Verdict {
  const verdict = judgeFluxObject(release, now);
  const remediated = conditionOf(release, 'Remediated');
  if (verdict.code !== 'Degraded' || remediated?.status !== 'True') {
    return verdict;
  }
  const outcome =
    remediated.reason === 'RollbackSucceeded'
      ? 'The release before it was restored.'
      : `Remediation: ${remediated.reason}.`;
  return { ...verdict, message: `${verdict.message} ${outcome}` };
}
