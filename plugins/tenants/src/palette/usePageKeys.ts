// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';
import { useGo, useLinks, useOpenTenant } from '../navigation';
import { TENANT_TABS } from '../routes';

/** The second key of a pair counts for this long. */
const PAIR_MS = 1_000;

const FIELDS =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="listbox"], [role="menu"], [role="combobox"]';

/** Marks what holds the button of the first thing to do on a page, for the key `p`. */
export const FIRST_STEP = 'data-first-step';

/** What the keys lead to. */
export type PageKeys = {
  readonly onPalette: () => void;
  readonly onSheet: () => void;
  /** Whether single letters are keys. */
  readonly lettersOn: boolean;
};

function isPalette(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey } = event;
  const isCommand = ctrlKey !== metaKey && !altKey && !shiftKey;
  return isCommand && event.key.toLocaleLowerCase() === 'k';
}

/** Whether a letter is for something else: a field, a layer, a shortcut of the browser. */
function isTaken(event: KeyboardEvent): boolean {
  const { target, altKey, ctrlKey, metaKey } = event;
  if (altKey || ctrlKey || metaKey) return true;
  return target instanceof Element && target.closest(FIELDS) !== null;
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>(
    'main input[type="search"]',
  );
  field?.focus();
  return field !== null;
}

function pressFirstStep(): boolean {
  const way = document.querySelector<HTMLElement>(
    `main [${FIRST_STEP}] :is(a, button)`,
  );
  way?.click();
  return way !== null;
}

/** The keys that mean the same on every page of ours. What a page or a row takes itself comes before. */
export function usePageKeys(keys: PageKeys): void {
  const links = useLinks();
  const go = useGo();
  const tenant = useOpenTenant();
  const pages: Readonly<Record<string, string>> = {
    t: links.list,
    m: links.modules,
    p: links.platform,
    o: links.operations,
  };

  /** Says whether the key meant something. */
  const act = (key: string, isPair: boolean): boolean => {
    const tab = TENANT_TABS[Number(key) - 1];
    if (isPair && pages[key]) go(pages[key]);
    else if (key === '?') keys.onSheet();
    else if (key === '/') return focusSearch();
    else if (key === 'p') return pressFirstStep();
    else if (tenant !== undefined && tab) go(links.tenant(tenant, tab));
    else return false;
    return true;
  };

  const onKey = useRef<(event: KeyboardEvent) => void>(() => {});
  const beganAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    onKey.current = event => {
      if (event.defaultPrevented) return;
      if (isPalette(event)) {
        event.preventDefault();
        keys.onPalette();
        return;
      }
      if (!keys.lettersOn || isTaken(event)) return;
      const isPair = event.timeStamp - beganAt.current < PAIR_MS;
      beganAt.current =
        event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (act(event.key, isPair)) event.preventDefault();
    };
  });
  useEffect(() => {
    // On the window, so that every page and row is asked first.
    const listener = (event: KeyboardEvent) => onKey.current(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
