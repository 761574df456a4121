// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  LOG_LIMITS,
  type LogQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import type { LogRange } from './ContainerLog';
import { comparableTime } from './lineTime';

type Rule = {
  readonly broken: (query: LogQuery) => boolean;
  readonly message: string;
};

const RULES: readonly Rule[] = [
  {
    broken: ({ follow, previous }) => follow && previous,
    message:
      "The query parameters 'follow' and 'previous' exclude each other: a run that has ended writes no more.",
  },
  {
    broken: ({ follow, untilTime }) => follow && untilTime !== undefined,
    message:
      "The query parameters 'follow' and 'untilTime' exclude each other: what is followed has no end.",
  },
  {
    broken: ({ follow, around, line }) =>
      follow && (around !== undefined || line !== undefined),
    message:
      "The query parameter 'follow' cannot be given with 'around' or 'line'. Read the lines first, then follow from the last cursor with 'after'.",
  },
  {
    broken: ({ sinceTime, sinceSeconds }) =>
      sinceTime !== undefined && sinceSeconds !== undefined,
    message:
      "The query parameters 'sinceTime' and 'sinceSeconds' exclude each other.",
  },
  {
    broken: ({ line, format }) => line !== undefined && format === undefined,
    message:
      "The query parameter 'line' needs 'format': a whole line is downloaded.",
  },
  {
    broken: ({ content, format }) =>
      content === 'counts' && format !== undefined,
    message:
      "The query parameters 'content=counts' and 'format' exclude each other: counts are no file.",
  },
];

/** Checks what a schema cannot: parameters that exclude or need one another. @throws InputError */
export function checkLogQuery(query: LogQuery): void {
  const rule = RULES.find(({ broken }) => broken(query));
  if (rule) throw new InputError(rule.message);
}

/** What is read of each container. @param now - In milliseconds since the epoch. */
export function rangeOf(query: LogQuery, now: number): LogRange {
  const { follow, previous, sinceTime, sinceSeconds, untilTime } = query;
  const since =
    sinceSeconds === undefined
      ? sinceTime
      : new Date(now - sinceSeconds * 1_000).toISOString();
  return {
    follow,
    previous,
    tailLines: tailLinesOf(query),
    ...(since === undefined ? {} : { since: comparableTime(since) }),
    ...(untilTime === undefined ? {} : { until: comparableTime(untilTime) }),
  };
}

function tailLinesOf(query: LogQuery): number | undefined {
  const { tailLines, content, format } = query;
  if (tailLines === 'all') return undefined;
  if (tailLines !== undefined) return tailLines;
  const isWhole = content === 'counts' || format !== undefined;
  return isWhole ? undefined : LOG_LIMITS.tailLines;
}
