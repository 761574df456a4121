// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState, type RefObject } from 'react';

/** What is shown beside the buttons of the bar where there is little room; elsewhere all of it always is. */
export type Shown = {
  readonly choices: boolean;
  readonly search: boolean;
  readonly onChoices: () => void;
  /** Shows the search and puts the focus into it, or puts it away. */
  readonly onSearch: (on: boolean) => void;
};

/** @param isSearching - Whether something is looked for from the beginning. */
export function useShown(
  field: RefObject<HTMLElement>,
  isSearching: boolean,
): Shown {
  const [choices, setChoices] = useState(false);
  const [search, setSearch] = useState(isSearching);
  const wantsFocus = useRef(false);
  const focus = () => field.current?.querySelector('input')?.focus();
  // What is not displayed yet takes no focus.
  useEffect(() => {
    if (search && wantsFocus.current) focus();
    wantsFocus.current = false;
  });
  return {
    choices,
    search,
    onChoices: () => setChoices(shown => !shown),
    onSearch: on => {
      wantsFocus.current = on;
      setSearch(on);
      if (on) focus();
    },
  };
}
