// SPDX-License-Identifier: Apache-2.0
import type { HitRange } from '../search/LogMatcher';

/** The text of a row as it is drawn, and as it was written where that is something else. */
export type ShownText = { readonly shown: string; readonly raw?: string };

/** Where the hits are in what is drawn. All of a row is one when what matches is in it, but not shown. */
export async function shownHits(
  rows: readonly ShownText[],
  find: (texts: readonly string[]) => Promise<HitRange[][]>,
): Promise<(readonly HitRange[])[]> {
  const hits = await find([
    ...rows.map(({ shown }) => shown),
    ...rows.map(({ raw }) => raw ?? ''),
  ]);
  return rows.map(({ shown }, index) => {
    const isHidden =
      hits[index].length === 0 && hits[rows.length + index].length > 0;
    return isHidden ? [[0, shown.length]] : hits[index];
  });
}
