// SPDX-License-Identifier: Apache-2.0
import {
  useCallback,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { RollUpRow } from './rollUpRows';

/** What the keys of the tree do. */
export type TreeActions = {
  readonly rows: readonly RollUpRow[];
  readonly open: ReadonlySet<string>;
  readonly setOpen: (id: string, open: boolean) => void;
  readonly setCurrent: (id: string) => void;
  /** Goes to the logs of a row. */
  readonly goToLogs: (row: RollUpRow) => void;
  /** Shows the object behind a row as it is written. */
  readonly goToYaml: (row: RollUpRow) => void;
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

function focusRow(
  { rows, setCurrent }: TreeActions,
  body: RefObject<HTMLElement>,
  index: number,
): void {
  const row = rows[index];
  if (!row) return;
  setCurrent(row.node.id);
  body.current?.querySelectorAll<HTMLElement>('[role="row"]')[index]?.focus();
}

/** Does what a key of a row means, and says whether it means anything. */
function press(
  actions: TreeActions,
  body: RefObject<HTMLElement>,
  at: { readonly key: string; readonly index: number; readonly row: Element },
): boolean {
  const { key, index } = at;
  const row = actions.rows[index];
  const { id, children } = row.node;
  const isOpen = actions.open.has(id);
  const isParent = children.length > 0;
  const moved = target(key, actions.rows, index);
  if (moved !== undefined) focusRow(actions, body, moved);
  else if (key === 'ArrowRight' && isParent) {
    if (isOpen) focusRow(actions, body, index + 1);
    else actions.setOpen(id, true);
  } else if (key === 'ArrowLeft') {
    if (isOpen && isParent) actions.setOpen(id, false);
    else focusRow(actions, body, parentIndex(actions.rows, index));
  } else if (key === 'Enter' && isParent) actions.setOpen(id, !isOpen);
  else if (key === 'l' || key === 'Enter') actions.goToLogs(row);
  else if (key === 'y') actions.goToYaml(row);
  // Opens the menu of the row, where it has one.
  else if (key === 'a') at.row.querySelector('button')?.click();
  else return false;
  return true;
}

/** The keyboard of an ARIA treegrid whose rows take the focus: arrows walk, open and close; `l` goes to the logs, `y` to the YAML, `a` opens what can be done. The handler stays the same, so that rows need not be drawn again. */
export function useTreeKeys(actions: TreeActions) {
  const body = useRef<HTMLTableSectionElement>(null);
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  const onKeyDown = useCallback((event: KeyboardEvent, id: string) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const index = latest.current.rows.findIndex(({ node }) => node.id === id);
    if (index < 0) return;
    const { key, currentTarget: row } = event;
    if (press(latest.current, body, { key, index, row })) {
      event.preventDefault();
    }
  }, []);
  return { body, onKeyDown };
}
