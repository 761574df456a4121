// SPDX-License-Identifier: Apache-2.0

const decimal = /^(0|[1-9][0-9]{0,63})$/;

/**
 * Orders two resource versions of one kind: negative when `a` is older. `undefined` when they are no decimal numbers
 * and so have no order.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version
 */
export function compareResourceVersions(
  a: string,
  b: string,
): number | undefined {
  if (a === b) return 0;
  if (!decimal.test(a) || !decimal.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : 1;
}

/** True when `a` is known to be older than `b`. */
export function isOlder(a: string, b: string): boolean {
  return (compareResourceVersions(a, b) ?? 0) < 0;
}
