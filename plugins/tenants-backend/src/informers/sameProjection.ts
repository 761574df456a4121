// SPDX-License-Identifier: Apache-2.0

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function sameMembers(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
  except?: string,
): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (key !== except && !sameValue(a[key], b[key])) return false;
  }
  return true;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return isRecord(a) && isRecord(b) && sameMembers(a, b);
}

/**
 * True when two versions of an object show the same: everything but the resource version is equal.
 * Both come from one projection, so their members are the same, absent ones as `undefined`.
 */
export function sameProjection<T extends { readonly resourceVersion: string }>(
  a: T,
  b: T,
): boolean {
  return isRecord(a) && isRecord(b) && sameMembers(a, b, 'resourceVersion');
}
