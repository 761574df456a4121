// SPDX-License-Identifier: Apache-2.0
import type { Relation } from './relations';

/** A module in the drawing. */
export type GraphBox = {
  readonly x: number;
  readonly y: number;
  readonly relation: Relation;
};

/** Where everything stands, in the units of the drawing. */
export type GraphLayout = {
  readonly width: number;
  readonly height: number;
  readonly centre: { readonly x: number; readonly y: number };
  readonly boxes: readonly GraphBox[];
};

/** Size of a box and of the gaps between them. */
export const BOX = { width: 184, height: 48, gap: 18, column: 276 } as const;

/** Modules that are drawn; the list has all of them. */
export const MAX_BOXES = 24;

const STEP = BOX.height + BOX.gap;

/** Puts what uses the module on the left, what it needs on the right, and conflicts above it. A side where nothing is takes no room. */
export function layoutGraph(relations: readonly Relation[]): GraphLayout {
  const drawn = relations.slice(0, MAX_BOXES);
  const conflicts = drawn.filter(r => r.kind === 'conflicts');
  const others = drawn.filter(r => r.kind !== 'conflicts');
  const left = others.filter(r => r.direction === 'in');
  const right = others.filter(r => r.direction === 'out');
  const middle = conflicts.length + 1;
  const middleColumn = left.length > 0 ? 1 : 0;
  const columns = middleColumn + (right.length > 0 ? 2 : 1);
  const rows = Math.max(left.length, right.length, middle);
  const height = rows * STEP - BOX.gap;
  const column = (list: readonly Relation[], at: number, size: number) => {
    const top = (height - (size * STEP - BOX.gap)) / 2;
    return list.map((relation, n) => ({
      relation,
      x: at * BOX.column,
      y: top + n * STEP,
    }));
  };
  const centred = column(conflicts, middleColumn, middle);
  const top = (height - (middle * STEP - BOX.gap)) / 2;
  return {
    width: (columns - 1) * BOX.column + BOX.width,
    height,
    centre: { x: middleColumn * BOX.column, y: top + conflicts.length * STEP },
    boxes: [
      ...column(left, 0, left.length),
      ...centred,
      ...column(right, middleColumn + 1, right.length),
    ],
  };
}
