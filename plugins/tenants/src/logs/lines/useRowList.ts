// SPDX-License-Identifier: Apache-2.0
import { useRef } from 'react';
import type { LogBuffer } from '../LogBuffer';
import { RowHeights } from '../rows/RowHeights';
import { RowList, type RowRules } from '../rows/RowList';

/** The rows of the view and their heights. */
export type ViewRows = { readonly list: RowList; readonly heights: RowHeights };

type Held = ViewRows & {
  readonly buffer: LogBuffer;
  readonly rules: RowRules;
};

/** The rows of a log by some rules. They are kept as long as neither is another. Doing so twice changes nothing. */
export function useRowList(buffer: LogBuffer, rules: RowRules): ViewRows {
  const held = useRef<Held>();
  const make = (): Held => ({
    buffer,
    rules,
    list: new RowList(buffer, rules),
    heights: new RowHeights(),
  });
  if (held.current?.buffer !== buffer || held.current.rules !== rules) {
    held.current = make();
  }
  if (!held.current.list.update()) {
    held.current = make();
    held.current.list.update();
  }
  return held.current;
}
