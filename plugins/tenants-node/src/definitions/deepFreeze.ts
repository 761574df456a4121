// SPDX-License-Identifier: Apache-2.0
/** Freezes a value and all it holds. Maps refuse changes from then on. Returns the value. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) {
    return value;
  }
  if (value instanceof Map) {
    value.forEach(deepFreeze);
    closeMap(value);
  }
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}

/** The contents of a map do not freeze with it. */
function closeMap(map: Map<unknown, unknown>): void {
  const refuse = () => {
    throw new TypeError('A catalogue cannot be changed.');
  };
  for (const method of ['set', 'delete', 'clear'] as const) {
    Object.defineProperty(map, method, { value: refuse });
  }
}
