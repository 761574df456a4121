// SPDX-License-Identifier: Apache-2.0
import { suggestion } from '../suggestion';

const KEYWORDS = [
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'enum',
  'const',
  'type',
  'default',
  'title',
  'description',
  'examples',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'definitions',
  'dependencies',
];

/** What to do about a schema that cannot be compiled. */
export function remedyFor(why: string): string {
  const keyword = /unknown keyword: "([^"]*)"/.exec(why)?.[1];
  if (keyword === undefined) return 'Correct the schema (JSON Schema draft 7).';
  const near = suggestion(keyword, KEYWORDS);
  return near.startsWith('Did')
    ? near
    : `Put parameters under "properties": a parameter "${keyword}" is parameters.properties.${keyword}.`;
}
