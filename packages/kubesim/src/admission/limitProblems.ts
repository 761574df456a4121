// SPDX-License-Identifier: Apache-2.0
import { recordOf, type JsonRecord } from '../storage/json';
import { canonicalQuantity, parseQuantity } from './quantity';

/** Requests and limits of a container, a pod or a claim, as quantities. */
export type Amounts = {
  readonly requests: JsonRecord;
  readonly limits: JsonRecord;
};

/** What one entry of a LimitRange says against these amounts, in the words of the real server. */
export function limitProblems(item: JsonRecord, amounts: Amounts): string[] {
  return [
    ...each(item.min, (key, min) => belowMinimum(item, amounts, { key, min })),
    ...each(item.max, (key, max) => aboveMaximum(item, amounts, { key, max })),
    ...each(item.maxLimitRequestRatio, (key, ratio) =>
      aboveRatio(item, amounts, { key, ratio }),
    ),
  ];
}

/** The same for a claim, which has requests only. */
export function requestProblems(item: JsonRecord, amounts: Amounts): string[] {
  const bound =
    (name: 'minimum' | 'maximum') => (key: string, edge: unknown) => {
      const { [key]: request } = amounts.requests;
      const about = `${name} ${key} usage per ${
        item.type
      } is ${canonicalQuantity(edge)}`;
      if (request === undefined) return [`${about}.  No request is specified`];
      const over = parseQuantity(request) - parseQuantity(edge);
      return (name === 'minimum' ? over < 0 : over > 0)
        ? [`${about}, but request is ${canonicalQuantity(request)}`]
        : [];
    };
  return [
    ...each(item.min, bound('minimum')),
    ...each(item.max, bound('maximum')),
  ];
}

function each(
  list: unknown,
  check: (key: string, edge: unknown) => string[],
): string[] {
  return Object.entries(recordOf(list))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([key, edge]) => check(key, edge));
}

function belowMinimum(
  { type }: JsonRecord,
  { requests, limits }: Amounts,
  { key, min }: { key: string; min: unknown },
): string[] {
  const about = `minimum ${key} usage per ${type} is ${canonicalQuantity(min)}`;
  const { [key]: request } = requests;
  const { [key]: limit } = limits;
  if (request === undefined) return [`${about}.  No request is specified`];
  if (parseQuantity(request) < parseQuantity(min))
    return [`${about}, but request is ${canonicalQuantity(request)}`];
  return limit !== undefined && parseQuantity(limit) < parseQuantity(min)
    ? [`${about}, but limit is ${canonicalQuantity(limit)}`]
    : [];
}

function aboveMaximum(
  { type }: JsonRecord,
  { requests, limits }: Amounts,
  { key, max }: { key: string; max: unknown },
): string[] {
  const about = `maximum ${key} usage per ${type} is ${canonicalQuantity(max)}`;
  const { [key]: request } = requests;
  const { [key]: limit } = limits;
  if (limit === undefined) return [`${about}.  No limit is specified`];
  if (parseQuantity(limit) > parseQuantity(max))
    return [`${about}, but limit is ${canonicalQuantity(limit)}`];
  return request !== undefined && parseQuantity(request) > parseQuantity(max)
    ? [`${about}, but request is ${canonicalQuantity(request)}`]
    : [];
}

function aboveRatio(
  { type }: JsonRecord,
  { requests, limits }: Amounts,
  { key, ratio }: { key: string; ratio: unknown },
): string[] {
  const about = `${key} max limit to request ratio per ${type} is ${canonicalQuantity(
    ratio,
  )}`;
  const request = parseQuantity(requests[key]);
  const limit = parseQuantity(limits[key]);
  if (request === 0)
    return [`${about}, but no request is specified or request is 0`];
  if (limit === 0) return [`${about}, but no limit is specified or limit is 0`];
  return limit / request > parseQuantity(ratio)
    ? [`${about}, but provided ratio is ${(limit / request).toFixed(6)}`]
    : [];
}
