// SPDX-License-Identifier: Apache-2.0

/** Maps items in their order, a bounded number at a time. The first failure is thrown when those under way have ended. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  atOnce: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const work = async () => {
    for (const [at, item] of waiting) results[at] = await map(item);
  };
  const workers = Array.from({ length: Math.min(atOnce, items.length) }, work);
  const ended = await Promise.allSettled(workers);
  for (const one of ended) {
    if (one.status === 'rejected') throw one.reason;
  }
  return results;
}
