// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../../storage/ApiError';
import { equalJson, isRecord, type JsonRecord } from '../../storage/json';
import { duplicates } from './duplicates';
import { numberProblems, textProblems, typeName } from './scalarProblems';
import { memberSchema } from './pruneObject';
import type { Schema } from './Schema';
import { invalidValue, nowhere } from './causes';

/** What is wrong with a value by its structural schema, in the words of the real server. */
export function validateSchema(
  schema: Schema,
  value: unknown,
  path = '',
): StatusCause[] {
  if (value === null && schema.nullable) return [];
  const mistaken = typeProblem(schema, value, path);
  if (mistaken) return [mistaken];
  return [
    ...enumProblems(schema, value, path),
    ...contentProblems(schema, value, path),
    ...junctionProblems(schema, value, path),
  ];
}

function typeProblem(
  schema: Schema,
  value: unknown,
  path: string,
): StatusCause | undefined {
  if (schema['x-kubernetes-int-or-string'])
    return Number.isInteger(value) || typeof value === 'string'
      ? undefined
      : wrongType(path, 'integer,string', value);
  const { type } = schema;
  if (type === undefined || hasType(type, value)) return undefined;
  return wrongType(path, type, value);
}

function hasType(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    default:
      return typeof value === type;
  }
}

function wrongType(path: string, type: string, value: unknown): StatusCause {
  const found = JSON.stringify(typeName(value));
  return {
    reason: 'FieldValueTypeInvalid',
    message: `Invalid value: ${found}: ${nowhere(
      path,
    )} in body must be of type ${type}: ${found}`,
    field: path === '' ? '<nil>' : path,
  };
}

function enumProblems(
  schema: Schema,
  value: unknown,
  path: string,
): StatusCause[] {
  if (!schema.enum || schema.enum.some(item => equalJson(item, value)))
    return [];
  const supported = schema.enum.map(item => JSON.stringify(item)).join(', ');
  return [
    {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        value,
      )}: supported values: ${supported}`,
      field: path,
    },
  ];
}

function contentProblems(
  schema: Schema,
  value: unknown,
  path: string,
): StatusCause[] {
  if (typeof value === 'string') return textProblems(schema, value, path);
  if (typeof value === 'number') return numberProblems(schema, value, path);
  if (Array.isArray(value)) return listProblems(schema, value, path);
  return isRecord(value) ? objectProblems(schema, value, path) : [];
}

function listProblems(
  schema: Schema,
  list: readonly unknown[],
  path: string,
): StatusCause[] {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  const problems: StatusCause[] = [];
  if (list.length < minItems)
    problems.push(
      invalidValue(path, list.length, `should have at least ${minItems} items`),
    );
  if (list.length > maxItems)
    problems.push(tooMany(path, list.length, maxItems));
  if (items)
    for (const [at, item] of list.entries())
      problems.push(...validateSchema(items, item, `${path}[${at}]`));
  return [...problems, ...duplicates(schema, list, path)];
}

function tooMany(path: string, count: number, most: number): StatusCause {
  return {
    reason: 'FieldValueTooMany',
    message: `Too many: ${count}: must have at most ${most} items`,
    field: path,
  };
}

function objectProblems(
  schema: Schema,
  object: JsonRecord,
  path: string,
): StatusCause[] {
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  const { minProperties = 0, maxProperties = Infinity } = schema;
  const problems = (schema.required ?? [])
    .filter(key => object[key] === undefined)
    .map(
      (key): StatusCause => ({
        reason: 'FieldValueRequired',
        message: 'Required value',
        field: below(key),
      }),
    );
  const count = Object.keys(object).length;
  if (count < minProperties)
    problems.push(
      invalidValue(
        path,
        count,
        `should have at least ${minProperties} properties`,
      ),
    );
  if (count > maxProperties) problems.push(tooMany(path, count, maxProperties));
  for (const [key, value] of Object.entries(object)) {
    const member = memberSchema(schema, key);
    if (member) problems.push(...validateSchema(member, value, below(key)));
  }
  return problems;
}

function junctionProblems(
  schema: Schema,
  value: unknown,
  path: string,
): StatusCause[] {
  const fits = (item: Schema) => validateSchema(item, value, path).length === 0;
  const problems = (schema.allOf ?? []).flatMap(item =>
    validateSchema(item, value, path),
  );
  const say = (text: string) =>
    problems.push(invalidValue(path, '', `must validate ${text}`));
  if (schema.anyOf && !schema.anyOf.some(fits))
    say('at least one schema (anyOf)');
  const fitting = schema.oneOf?.filter(fits).length;
  if (fitting === 0) say('one and only one schema (oneOf). Found none valid');
  if (fitting !== undefined && fitting > 1)
    say(`one and only one schema (oneOf). Found ${fitting} valid alternatives`);
  if (schema.not && fits(schema.not))
    problems.push(invalidValue(path, '', 'must not validate the schema (not)'));
  return problems;
}
