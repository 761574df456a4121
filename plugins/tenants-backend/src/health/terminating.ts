// SPDX-License-Identifier: Apache-2.0
import type { ObjectMeta } from '../informers/objects';
import { LIMITS, limitEnd } from './limits';
import type { Verdict } from './Verdict';

/** Judges an object that is being deleted; `undefined` when it is not. */
export function judgeTerminating(
  object: ObjectMeta,
  now: Date,
): Verdict | undefined {
  if (object.deletedAt === undefined) return undefined;
  const changesAt = limitEnd(object.deletedAt, LIMITS.terminatingMs, now);
  const held = object.finalizers.length > 0;
  const waits = held ? `; it waits for its ${listFinalizers(object)}` : '';
  const what = `${object.kind} ${object.name}`;
  if (changesAt) {
    return {
      code: 'Progressing',
      reason: 'Terminating',
      message: `${what} is being deleted${waits}.`,
      since: object.deletedAt,
      changesAt,
    };
  }
  return {
    code: 'Degraded',
    reason: 'StuckTerminating',
    message: `${what} cannot finish deleting${waits}.`,
    since: object.deletedAt,
  };
}

/** Names what must happen before an object can go. */
export function listFinalizers({ finalizers }: ObjectMeta): string {
  const names = [...finalizers].sort().join(', ');
  return `finalizer${finalizers.length === 1 ? '' : 's'} ${names}`;
}
