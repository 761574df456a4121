// SPDX-License-Identifier: Apache-2.0

/** A parameter whose default is another one, by its path. */
export type ParameterChange = {
  readonly path: string;
  /** As JSON; absent where there was no such parameter. */
  readonly from?: string;
  /** As JSON; absent where there is none any more. */
  readonly to?: string;
};

/** Deepest schema that is looked into; deeper ones are compared as a whole. */
const MAX_DEPTH = 6;
const NO_DEFAULT = '';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Defaults of a schema by path, `''` where a parameter has none. */
function defaultsOf(
  schema: unknown,
  prefix = '',
  depth = 0,
): [string, string][] {
  if (!isRecord(schema)) return [];
  const { properties } = schema;
  if (!isRecord(properties) || depth >= MAX_DEPTH) {
    const text =
      schema.default === undefined
        ? NO_DEFAULT
        : JSON.stringify(schema.default);
    return prefix === '' ? [] : [[prefix, text]];
  }
  return Object.entries(properties).flatMap(([name, child]) =>
    defaultsOf(child, prefix === '' ? name : `${prefix}.${name}`, depth + 1),
  );
}

/** What a newer schema changes in the defaults of an older one. */
export function changedDefaults(
  older: Readonly<Record<string, unknown>> | undefined,
  newer: Readonly<Record<string, unknown>> | undefined,
): ParameterChange[] {
  const before = new Map(defaultsOf(older));
  const after = new Map(defaultsOf(newer));
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map(path => ({ path, from: before.get(path), to: after.get(path) }))
    .filter(({ from, to }) => from !== to);
}

/** The value a schema gives by itself; objects from their properties. `undefined` when it gives none. */
export function defaultValue(schema: unknown, depth = 0): unknown {
  if (!isRecord(schema) || depth > MAX_DEPTH) return undefined;
  const { properties } = schema;
  if (schema.default !== undefined || !isRecord(properties)) {
    return schema.default;
  }
  const entries = Object.entries(properties)
    .map(([name, child]) => [name, defaultValue(child, depth + 1)] as const)
    .filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The values of a form that differ from what holds without them: only these are asked for, so that a later default can change. */
export function ownValues(
  schema: Readonly<Record<string, unknown>>,
  tierValues: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = defaultValue(schema);
  const base = { ...(isRecord(given) ? given : {}), ...tierValues };
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        value !== undefined &&
        JSON.stringify(value) !== JSON.stringify(base[name]),
    ),
  );
}
