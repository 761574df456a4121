// SPDX-License-Identifier: Apache-2.0
import { badRequest } from '../ApiError';
import { isRecord, recordsOf, textOf, type JsonRecord } from '../json';

export type Labels = Readonly<Record<string, string>>;
export type Matches<T> = (value: T) => boolean;

const KEY =
  /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const TOKEN = /\s*(==|!=|[=!(),<>]|[^\s=!(),<>]+)/y;
const SIGNS: ReadonlySet<string> = new Set([
  '=',
  '==',
  '!=',
  '!',
  '(',
  ')',
  ',',
  '<',
  '>',
]);
const OPERATORS = 'in, notin, =, ==, !=, gt, lt';
const MAX_VALUE = 63;

/** Parses a `labelSelector` query. @throws ApiError 400 when it is no selector. */
export function parseLabelSelector(text: string): Matches<Labels> {
  const tokens = tokensOf(text);
  const terms: Matches<Labels>[] = [];
  while (tokens.length > 0) {
    terms.push(parseTerm(tokens));
    const next = tokens.shift();
    if (next !== undefined && next !== ',')
      throw badRequest(`found '${next}', expected: ',' or 'end of string'`);
    if (next === ',' && tokens.length === 0)
      throw unparsed("found '', expected: identifier after ','");
  }
  return labels => terms.every(term => term(labels));
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (!match) break;
    tokens.push(match[1]);
  }
  return tokens;
}

function parseTerm(tokens: string[]): Matches<Labels> {
  const absent = tokens[0] === '!';
  if (absent) tokens.shift();
  const key = checkKey(tokens.shift() ?? '');
  if (absent) return labels => !Object.hasOwn(labels, key);
  if (tokens.length === 0 || tokens[0] === ',')
    return labels => Object.hasOwn(labels, key);
  const operator = tokens.shift() ?? '';
  switch (operator) {
    case 'in':
    case 'notin':
      return oneOf(key, parseValues(tokens), operator === 'in');
    case '=':
    case '==':
    case '!=':
      return oneOf(key, new Set([parseValue(tokens)]), operator !== '!=');
    case '>':
    case '<':
      return compared(key, Number(parseValue(tokens)), operator);
    default:
      throw unparsed(`found '${operator}', expected: ${OPERATORS}`);
  }
}

function oneOf(
  key: string,
  values: ReadonlySet<string>,
  wanted: boolean,
): Matches<Labels> {
  return labels =>
    Object.hasOwn(labels, key) ? values.has(labels[key]) === wanted : !wanted;
}

function compared(
  key: string,
  bound: number,
  operator: '<' | '>',
): Matches<Labels> {
  return labels => {
    const value = Object.hasOwn(labels, key) ? Number(labels[key]) : NaN;
    return operator === '>' ? value > bound : value < bound;
  };
}

function parseValue(tokens: string[]): string {
  // Nothing after the sign stands for the empty value.
  if (tokens.length === 0 || tokens[0] === ',') return '';
  return checkValue(tokens.shift() ?? '');
}

function parseValues(tokens: string[]): Set<string> {
  const open = tokens.shift();
  if (open !== '(') throw unparsed(`found '${open ?? ''}', expected: '('`);
  const values = new Set<string>();
  for (let token = tokens.shift(); token !== ')'; token = tokens.shift()) {
    if (token === undefined) throw unparsed("found '', expected: ',' or ')'");
    if (token !== ',') values.add(checkValue(token));
  }
  return values;
}

function checkKey(key: string): string {
  if (key === '' || SIGNS.has(key))
    throw unparsed(`found '${key}', expected: identifier`);
  if (!KEY.test(key))
    throw unparsed(
      `<nil>: Invalid value: ${JSON.stringify(
        key,
      )}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
    );
  return key;
}

function checkValue(value: string): string {
  if (SIGNS.has(value))
    throw unparsed(`found '${value}', expected: identifier`);
  if (value.length <= MAX_VALUE && VALUE.test(value)) return value;
  throw unparsed(
    `<nil>: Invalid value: ${JSON.stringify(
      value,
    )}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
  );
}

function unparsed(why: string) {
  return badRequest(`unable to parse requirement: ${why}`);
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
