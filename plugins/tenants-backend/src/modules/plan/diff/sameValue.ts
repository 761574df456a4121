// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '@tenantry/backstage-plugin-tenants-common';
import type { JsonValue } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { FieldPath } from './FieldPath';

/** Below these, every value is a quantity. */
const QUANTITY_PARENTS = new Set(
  [
    'limits',
    'requests',
    'hard',
    'max',
    'min',
    'default',
    'defaultRequest',
    'capacity',
  ].map(name => `f:${name}`),
);
const QUANTITY_FIELDS = new Set(
  ['sizeLimit', 'divisor', 'averageValue', 'storage'].map(name => `f:${name}`),
);
const INT_OR_STRING = new Set(
  ['maxSurge', 'maxUnavailable', 'minAvailable', 'targetPort', 'port'].map(
    name => `f:${name}`,
  ),
);
/** What stands in these is text and nothing else. */
const TEXT = new Set(
  ['data', 'binaryData', 'labels', 'annotations'].map(name => `f:${name}`),
);

/** Whether two values mean the same where they stand: `1000m` and `1` of a limit do, of a ConfigMap they do not. */
export function sameValue(
  path: FieldPath,
  rendered: JsonValue,
  live: JsonValue | undefined,
): boolean {
  if (rendered === live) return true;
  if (live === undefined) return isLeftOut(rendered);
  if (isObjectLike(rendered) || isObjectLike(live)) return false;
  if (path.some(segment => TEXT.has(segment))) return false;
  const field = path.at(-1) ?? '';
  if (INT_OR_STRING.has(field)) return String(rendered) === String(live);
  if (!isQuantity(path, field)) return false;
  const a = parseQuantity(String(rendered));
  return a !== undefined && a === parseQuantity(String(live));
}

function isQuantity(path: FieldPath, field: string): boolean {
  return QUANTITY_FIELDS.has(field) || QUANTITY_PARENTS.has(path.at(-2) ?? '');
}

/** What an API server does not store: an empty value is the same as none. */
function isLeftOut(value: JsonValue): boolean {
  if (value === null || value === '' || value === false || value === 0) {
    return true;
  }
  return isObjectLike(value) && Object.keys(value).length === 0;
}

function isObjectLike(
  value: JsonValue,
): value is Exclude<JsonValue, string | number | boolean | null> {
  return typeof value === 'object' && value !== null;
}
