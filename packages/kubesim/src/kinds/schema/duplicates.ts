// SPDX-License-Identifier: Apache-2.0
import type { StatusCause } from '../../storage/ApiError';
import { isRecord } from '../../storage/json';
import type { Schema } from './Schema';

/** Items that a set or a list with keys has twice. */
export function duplicates(
  schema: Schema,
  list: readonly unknown[],
  path: string,
): StatusCause[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') return [];
  const keys = schema['x-kubernetes-list-map-keys'];
  const seen = new Set<string>();
  return list.flatMap((item, at): StatusCause[] => {
    const text = JSON.stringify(
      type === 'map' && isRecord(item)
        ? Object.fromEntries((keys ?? []).map(key => [key, item[key]]))
        : item,
    );
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [
      {
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: ${goValue(text)}`,
        field: `${path}[${at}]`,
      },
    ];
  });
}

/** An object as Go prints it; the rest as JSON. */
function goValue(text: string): string {
  return text.startsWith('{') ? `map[string]interface {}${text}` : text;
}
