// SPDX-License-Identifier: Apache-2.0
import { useCallback, useRef, type KeyboardEvent } from 'react';
import type { RollUpRow } from './rollUp';

/** What the keys of the tree do. */
export type TreeActions = {
  readonly rows: readonly RollUpRow[];
  readonly open: ReadonlySet<string>;
  readonly setOpen: (id: string, open: boolean) => void;
  readonly setCurrent: (id: string) => void;
  /** Goes to the logs of a row. */
  readonly goToLogs: (row: RollUpRow) => void;
};

function parentIndex(rows: readonly RollUpRow[], index: number): number {
  for (let i = index - 1; i >= 0; i--) {
    if (rows[i].level < rows[index].level) return i;
  }
  return index;
}

/** Where a key leads from a row; `undefined` when the key does not move. */
function target(
  key: string,
  rows: readonly RollUpRow[],
  index: number,
): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    default:
      return undefined;
  }
}

/** The keyboard of an ARIA treegrid whose rows take the focus: arrows walk, open and close; `l` goes to the logs, `a` opens what can be done. */
export function useTreeKeys(actions: TreeActions) {
  const body = useRef<HTMLTableSectionElement>(null);
  const focusRow = useCallback(
    (index: number) => {
      const row = actions.rows[index];
      if (!row) return;
      actions.setCurrent(row.node.id);
      body.current
        ?.querySelectorAll<HTMLElement>('[role="row"]')
        [index]?.focus();
    },
    [actions],
  );
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = actions.rows[index];
    const isOpen = actions.open.has(row.node.id);
    const isParent = row.node.children.length > 0;
    const moved = target(event.key, actions.rows, index);
    if (moved !== undefined) focusRow(moved);
    else if (event.key === 'ArrowRight' && isParent) {
      if (isOpen) focusRow(index + 1);
      else actions.setOpen(row.node.id, true);
    } else if (event.key === 'ArrowLeft') {
      if (isOpen && isParent) actions.setOpen(row.node.id, false);
      else focusRow(parentIndex(actions.rows, index));
    } else if (event.key === 'Enter' && isParent) {
      actions.setOpen(row.node.id, !isOpen);
    } else if (event.key === 'l' || event.key === 'Enter') {
      actions.goToLogs(row);
    } else if (event.key === 'a') {
      // Opens the menu of the row, where it has one.
      event.currentTarget.querySelector('button')?.click();
    } else return;
    event.preventDefault();
  };
  return { body, onKeyDown };
}
