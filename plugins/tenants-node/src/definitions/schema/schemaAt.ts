// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

/** The schema of what stands at a path, looking for mappings where there are alternatives. */
export function schemaAt(
  schema: z.ZodType,
  path: readonly PropertyKey[],
): z.ZodType | undefined {
  let found: z.ZodType | undefined = unwrap(schema);
  for (const member of path) {
    if (!found) return undefined;
    const inner: unknown = memberSchema(found, member);
    found = inner instanceof z.ZodType ? unwrap(inner) : undefined;
  }
  return found;
}

function memberSchema(schema: z.ZodType, member: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, unknown> = schema.shape;
    return shape[String(member)];
  }
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodArray ? schema.element : undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const inner: unknown = schema.unwrap();
    return inner instanceof z.ZodType ? unwrap(inner) : schema;
  }
  if (!(schema instanceof z.ZodUnion)) return schema;
  const options: readonly unknown[] = schema.options;
  const mapping = options.find(option => option instanceof z.ZodObject);
  return mapping instanceof z.ZodType ? mapping : schema;
}
