// SPDX-License-Identifier: Apache-2.0

/** Objects by `namespace/name`, in any form that JSON can hold. */
export type ObjectsByKey = ReadonlyMap<string, unknown>;

const MAX_REPORTED = 20;

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

/**
 * Compares what the product holds with what the server would list now, each projected alike.
 * Returns one sentence per difference, at most 20 and a count of the rest; empty when both are the same.
 */
export function findDivergences(
  kind: string,
  cache: ObjectsByKey,
  server: ObjectsByKey,
): string[] {
  const found: string[] = [];
  for (const [key, object] of server) {
    if (!cache.has(key)) found.push(`${kind} ${key}: only on the server`);
    else if (canonical(cache.get(key)) !== canonical(object))
      found.push(`${kind} ${key}: differs`);
  }
  for (const key of cache.keys()) {
    if (!server.has(key)) found.push(`${kind} ${key}: only in the cache`);
  }
  if (found.length <= MAX_REPORTED) return found;
  return [
    ...found.slice(0, MAX_REPORTED),
    `${kind}: ${found.length - MAX_REPORTED} more differences`,
  ];
}
