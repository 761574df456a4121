// SPDX-License-Identifier: Apache-2.0
import type { GenericObject } from '../informers/objects';
import { judgeObserved } from './generic';
import { conditionOf } from './HealthCheck';
import { judgeTerminating } from './terminating';
import { clip, healthy, type Verdict } from './Verdict';

/** Reasons with which a Flux controller says “not yet” in a Ready condition that is False. */
const NOT_YET = new Set([
  'Progressing',
  'ProgressingWithRetry',
  'DependencyNotReady',
  'SourceNotReady',
]);

/** Judges what a Flux controller reconciles: there, unlike in the generic rules, Ready=False is a failure. */
export function judgeFluxObject(object: GenericObject, now: Date): Verdict {
  const early =
    judgeTerminating(object, now) ??
    judgeSuspended(object) ??
    judgeObserved(object);
  if (early) return early;
  const ready = conditionOf(object, 'Ready');
  const stalled = conditionOf(object, 'Stalled');
  const name = `${object.kind} ${object.name}`;
  if (!ready) {
    const message = `${name} was not reconciled yet.`;
    return { code: 'Progressing', reason: 'NotReconciled', message };
  }
  if (ready.status === 'True')
    return healthy(ready.reason || 'Ready', ready.since);
  const reconciling = conditionOf(object, 'Reconciling')?.status === 'True';
  const failed =
    stalled?.status === 'True' ||
    (ready.status === 'False' && !reconciling && !NOT_YET.has(ready.reason));
  const said = clip(ready.message) || 'no reason given';
  return {
    code: failed ? 'Degraded' : 'Progressing',
    reason: ready.reason || 'NotReady',
    message: `${name} is not ready${failed ? '' : ' yet'}: ${said}.`,
    since: ready.since,
  };
}

/** What it delivered last still runs; only changes no longer arrive. */
function judgeSuspended(object: GenericObject): Verdict | undefined {
  if (!object.suspended) return undefined;
  const message = `${object.kind} ${object.name} is suspended: changes to it are not applied.`;
  return { code: 'Suspended', reason: 'Suspended', message };
}
