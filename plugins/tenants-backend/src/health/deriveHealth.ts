// SPDX-License-Identifier: Apache-2.0
import type { ObjectsByKind, WatchedKind } from '../informers/objects';
import type { HealthContext } from './HealthCheck';
import type { Verdict } from './Verdict';

/** Judges one object by the check of its kind. */
export function deriveHealth<K extends WatchedKind>(
  subject: { readonly kind: K; readonly object: ObjectsByKind[K] },
  context: HealthContext,
  now: Date,
): Verdict {
  return context.checks[subject.kind](subject.object, context, now);
}
