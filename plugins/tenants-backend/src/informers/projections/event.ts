// SPDX-License-Identifier: Apache-2.0
import type { EventObject } from '../objects';
import { at, integer, text, textOr } from './fields';
import { projectMeta, type ProjectionContext } from './meta';

/** A core/v1 Event. Newer reporters fill `series` and `eventTime` instead of `count` and the timestamps. */
export function projectEvent(
  object: unknown,
  context: ProjectionContext,
): EventObject {
  const { interner } = context;
  const meta = projectMeta(object, context);
  const regarding = at(object, 'involvedObject');
  const moment = text(at(object, 'eventTime')) ?? meta.createdAt;
  const series = at(object, 'series');
  const count = integer(at(series, 'count'), integer(at(object, 'count'), 1));
  return {
    ...meta,
    type: interner.text(textOr(at(object, 'type'), 'Normal')),
    reason: interner.text(textOr(at(object, 'reason'), '')),
    message: textOr(at(object, 'message'), ''),
    regarding: {
      kind: interner.text(textOr(at(regarding, 'kind'), '')),
      name: interner.text(textOr(at(regarding, 'name'), '')),
      namespace: interner.text(textOr(at(regarding, 'namespace'), '')),
      uid: interner.text(textOr(at(regarding, 'uid'), '')),
    },
    count: Math.max(count, 1),
    firstSeen: textOr(at(object, 'firstTimestamp'), moment),
    lastSeen:
      text(at(series, 'lastObservedTime')) ??
      textOr(at(object, 'lastTimestamp'), moment),
  };
}
