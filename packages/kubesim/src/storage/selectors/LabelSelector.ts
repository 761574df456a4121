// SPDX-License-Identifier: Apache-2.0
import { badRequest } from '../ApiError';
import { isRecord, recordsOf, textOf, type JsonRecord } from '../json';

export type Labels = Readonly<Record<string, string>>;
export type Matches<T> = (value: T) => boolean;

const KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUAL = /^([^=!\s]+)\s*(==|=|!=)\s*(\S*)$/;

/** Parses a `labelSelector` query. @throws ApiError 400 when it is no selector. */
export function parseLabelSelector(text: string): Matches<Labels> {
  const terms = splitTerms(text).map(term => parseTerm(term, text));
  return labels => terms.every(term => term(labels));
}

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === ',' && depth === 0) {
      terms.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  terms.push(text.slice(start).trim());
  return terms.length === 1 && terms[0] === '' ? [] : terms;
}

function parseTerm(term: string, whole: string): Matches<Labels> {
  const set = SET.exec(term);
  if (set) {
    const values = new Set(
      set[3].split(',').map(value => checkValue(value.trim(), whole)),
    );
    const key = checkKey(set[1], whole);
    const wanted = set[2] === 'in';
    return labels =>
      Object.hasOwn(labels, key) ? values.has(labels[key]) === wanted : !wanted;
  }
  const equal = EQUAL.exec(term);
  if (equal) {
    const key = checkKey(equal[1], whole);
    const value = checkValue(equal[3], whole);
    const wanted = equal[2] !== '!=';
    return labels =>
      Object.hasOwn(labels, key) ? (labels[key] === value) === wanted : !wanted;
  }
  const absent = term.startsWith('!');
  const key = checkKey(absent ? term.slice(1).trim() : term, whole);
  return labels => Object.hasOwn(labels, key) !== absent;
}

function checkKey(key: string, whole: string): string {
  if (!KEY.test(key))
    throw badSelector(whole, `invalid label key ${JSON.stringify(key)}`);
  return key;
}

function checkValue(value: string, whole: string): string {
  if (value.length > 63 || !VALUE.test(value)) {
    throw badSelector(whole, `invalid label value ${JSON.stringify(value)}`);
  }
  return value;
}

function badSelector(selector: string, why: string) {
  return badRequest(
    `unable to parse requirement: ${why} in selector ${JSON.stringify(
      selector,
    )}`,
  );
}

/** Whether a `metav1.LabelSelector` (matchLabels, matchExpressions) selects these labels. */
export function selectorMatches(selector: unknown, labels: Labels): boolean {
  if (!isRecord(selector)) return false;
  const equals = isRecord(selector.matchLabels)
    ? Object.entries(selector.matchLabels)
    : [];
  return (
    equals.every(([key, value]) => labels[key] === value) &&
    recordsOf(selector.matchExpressions).every(item =>
      expressionMatches(item, labels),
    )
  );
}

function expressionMatches(expression: JsonRecord, labels: Labels): boolean {
  const key = textOf(expression.key) ?? '';
  const present = Object.hasOwn(labels, key);
  const values: unknown[] = Array.isArray(expression.values)
    ? expression.values
    : [];
  switch (expression.operator) {
    case 'In':
      return present && values.includes(labels[key]);
    case 'NotIn':
      return !present || !values.includes(labels[key]);
    case 'Exists':
      return present;
    case 'DoesNotExist':
      return !present;
    default:
      return false;
  }
}
