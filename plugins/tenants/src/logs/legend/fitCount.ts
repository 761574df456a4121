// SPDX-License-Identifier: Apache-2.0

/** What {@link fitCount} looks at, in pixels. */
export type RowRoom = {
  readonly room: number;
  /** Between two items. */
  readonly gap: number;
  /** What the button takes that stands for those that do not fit. */
  readonly more: number;
};

/** How many items fit into a row, beginning with the first. Where not all do, there is room for a button behind them. Pure. */
export function fitCount(
  widths: readonly number[],
  { room, gap, more }: RowRoom,
): number {
  const ends: number[] = [];
  for (const width of widths) {
    ends.push((ends.length > 0 ? ends[ends.length - 1] + gap : 0) + width);
  }
  if (ends.length === 0 || ends[ends.length - 1] <= room) return ends.length;
  const fitting = ends.filter(end => end + gap + more <= room).length;
  return Math.max(1, fitting);
}
