// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** Parses a query string. @throws InputError that names the parameter and what is allowed */
export function parseQuery<T extends z.ZodType>(
  schema: T,
  query: unknown,
): z.output<T> {
  return parse(schema, query, 'query parameter');
}

/** Parses the parameters of a path. @throws InputError that names the parameter and what is allowed */
export function parseParams<T extends z.ZodType>(
  schema: T,
  params: unknown,
): z.output<T> {
  return parse(schema, params, 'path parameter');
}

/** Parses a request’s body. @throws InputError that names the field and what is allowed */
export function parseBody<T extends z.ZodType>(
  schema: T,
  body: unknown,
): z.output<T> {
  return parse(schema, body, 'field');
}

function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
  noun: string,
): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues
      .slice(0, 5)
      .map(issue => explain(issue, noun))
      .join(' '),
  );
}

function explain(issue: Issue, noun: string): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, 5).map(key => quote(key));
    return `There is no ${noun} ${keys.join(', ')}.`;
  }
  const at = quote(issue.path.join('.') || 'body');
  if (issue.code === 'invalid_value') {
    return `The ${noun} ${at} must be one of: ${issue.values.join(', ')}.`;
  }
  return `The ${noun} ${at}: ${issue.message}.`;
}

function quote(name: string): string {
  return `'${name.slice(0, 80)}'`;
}
