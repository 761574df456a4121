// SPDX-License-Identifier: Apache-2.0
import type {
  CustomKind,
  Projection,
} from '@tenantry/backstage-plugin-tenants-node';
import type { CustomObject } from '../CustomListing';
import type { Interner } from '../Interner';
import { at, text } from './fields';
import { projectGeneric } from './generic';

/** Bytes of an object of a kind that a module added → what is kept of it: the generic fields and the scalars it asks for. */
export function customProjection(
  { type, fields = {} }: CustomKind,
  interner: Interner,
): Projection<CustomObject> {
  const context = { kind: type.kind, interner };
  const wanted = Object.entries(fields);
  return json => {
    const object: unknown = JSON.parse(json.toString('utf8'));
    return {
      ...projectGeneric(object, context),
      fields: Object.fromEntries(
        wanted.flatMap(([name, path]) => {
          const value = scalarAt(object, path);
          return value === undefined ? [] : [[name, value] as const];
        }),
      ),
    };
  };
}

function scalarAt(
  object: unknown,
  [first = '', ...rest]: readonly string[],
): string | number | boolean | undefined {
  const value = at(object, first, ...rest);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return text(value);
}
