// SPDX-License-Identifier: Apache-2.0
import { isRecord } from '../../storage/json';
import { definitions, REF_PREFIX } from './Definitions';
import { memberSchema } from './pruneObject';
import type { Schema } from './Schema';

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const QUANTITY_FORM = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const BAD_QUANTITY =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

type Place = {
  /** The Go type that has the member, as in `DeploymentSpec`. */
  readonly owner: string;
  readonly path: string;
};

/** The first thing in an object that Go could not read into its type, in Go’s words; `undefined` when all is well. */
export function typeError(schema: Schema, object: unknown): string | undefined {
  return find(schema, object, { owner: shortName(schema) ?? '', path: '' });
}

function find(given: Schema, value: unknown, place: Place): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (given.$ref === REF_PREFIX + QUANTITY) return quantityError(value, place);
  const schema = definitions.resolve(given);
  const type = goType(given, schema);
  if (type === undefined) return undefined;
  if (!fits(schema, value))
    return `json: cannot unmarshal ${foundName(value)} into Go struct field ${
      place.owner
    }.${place.path} of type ${type}`;
  if (schema.format === 'byte') return base64Error(value);
  if (Array.isArray(value)) return findInList(schema, value, place);
  if (!isRecord(value)) return undefined;
  const owner = shortName(given) ?? place.owner;
  for (const [key, member] of Object.entries(value)) {
    const known = memberSchema(schema, key);
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const problem = known && find(known, member, { owner, path });
    if (problem) return problem;
  }
  return undefined;
}

function findInList(
  schema: Schema,
  list: readonly unknown[],
  place: Place,
): string | undefined {
  if (!schema.items) return undefined;
  for (const item of list) {
    const problem = find(schema.items, item, place);
    if (problem) return problem;
  }
  return undefined;
}

function quantityError(value: unknown, place: Place): string | undefined {
  if (typeof value === 'number') return undefined;
  if (typeof value !== 'string')
    return `json: cannot unmarshal ${foundName(value)} into Go struct field ${
      place.owner
    }.${place.path} of type resource.Quantity`;
  return QUANTITY_FORM.test(value) ? undefined : BAD_QUANTITY;
}

/** Go reads bytes as padded base64. */
function base64Error(value: unknown): string | undefined {
  const text = String(value).replace(/[\r\n]/g, '');
  if (BASE64.test(text)) return undefined;
  const at = text.search(/[^A-Za-z0-9+/]/);
  return `illegal base64 data at input byte ${at < 0 ? text.length : at}`;
}

function fits(schema: Schema, value: unknown): boolean {
  switch (schema.type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isRecord(value);
    case 'string':
      return (
        typeof value === 'string' ||
        (schema.format === 'int-or-string' && Number.isInteger(value))
      );
    default:
      return true;
  }
}

function goType(given: Schema, schema: Schema): string | undefined {
  const { type, format } = schema;
  if (schema['x-kubernetes-preserve-unknown-fields']) return undefined;
  switch (type) {
    case 'integer':
      return format ?? 'int64';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'string':
      if (format === 'int-or-string') return 'intstr.IntOrString';
      return format === 'byte' ? '[]uint8' : 'string';
    case 'array':
      return `[]${
        goType(schema.items ?? {}, definitions.resolve(schema.items)) ??
        'interface {}'
      }`;
    case 'object': {
      const name = given.$ref ? packaged(given.$ref) : undefined;
      if (name) return name;
      const inner = schema.additionalProperties;
      return typeof inner === 'object'
        ? `map[string]${
            goType(inner, definitions.resolve(inner)) ?? 'interface {}'
          }`
        : 'map[string]interface {}';
    }
    default:
      return undefined;
  }
}

function packaged(ref: string): string {
  return ref.split('.').slice(-2).join('.');
}

function shortName(schema: Schema): string | undefined {
  if (schema.$ref) return schema.$ref.split('.').at(-1);
  return schema['x-kubernetes-group-version-kind']?.[0]?.kind;
}

function foundName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value !== 'number') return typeof value;
  return Number.isInteger(value) ? 'number' : `number ${value}`;
}
