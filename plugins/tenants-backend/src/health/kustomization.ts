// SPDX-License-Identifier: Apache-2.0
import type { GenericObject } from '../informers/objects';
import { judgeFluxObject } from './fluxObject';
import { conditionOf, type HealthContext } from './HealthCheck';
import { clip, type Verdict } from './Verdict';

/** Judges a Flux Kustomization; names what it checked when its health check failed. */
export function judgeKustomization(
  kustomization: GenericObject,
  _context: HealthContext,
  now: Date,
): Verdict {
  const verdict = judgeFluxObject(kustomization, now);
  const checked = conditionOf(kustomization, 'Healthy');
  if (verdict.code !== 'Degraded' || checked?.status !== 'False') {
    return verdict;
  }
  const detail = clip(checked.message);
  const known = detail === '' || verdict.message.includes(detail);
  return known
    ? verdict
    : { ...verdict, message: `${verdict.message} ${detail}.` };
}
