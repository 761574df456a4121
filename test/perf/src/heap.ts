// SPDX-License-Identifier: Apache-2.0

/** Bytes of heap and external memory in use after a full collection. Needs `--expose-gc`. */
export function usedBytes(): number {
  global.gc?.();
  global.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
