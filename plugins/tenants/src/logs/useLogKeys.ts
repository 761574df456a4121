// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';

/** What each key does. Names are those of the browser. */
export type KeyMap = { readonly [key: string]: () => void };

const FIELDS =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], [role="menu"], [role="combobox"]';
/** Keys that a button or link takes itself. */
const PRESS_KEYS = [' ', 'Enter'];

function isTaken(event: KeyboardEvent): boolean {
  const { target, key } = event;
  if (event.defaultPrevented) return true;
  if (event.altKey || event.ctrlKey || event.metaKey) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest(FIELDS)) return true;
  return PRESS_KEYS.includes(key) && target.closest('button, a') !== null;
}

/** Runs what a key means on this page, wherever the focus is but in a field. */
export function useLogKeys(keys: KeyMap, lettersOn: boolean): void {
  const held = useRef({ keys, lettersOn });
  useEffect(() => {
    held.current = { keys, lettersOn };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { keys: now, lettersOn: letters } = held.current;
      const act = now[event.key];
      if (!act || isTaken(event)) return;
      const isLetter = event.key.length === 1 && event.key !== ' ';
      if (isLetter && !letters) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
