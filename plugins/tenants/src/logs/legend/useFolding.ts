// SPDX-License-Identifier: Apache-2.0
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { fitCount } from './fitCount';

/** Between two items of the legend, as its style says. */
const GAP_PX = 6;
/** The button that stands for pods that do not fit. */
const MORE_PX = 92;

/** Which items of a row are put away because there is no room for them. */
export type Folding = {
  readonly list: React.RefObject<HTMLUListElement>;
  /** Items shown, from the first. */
  readonly count: number;
};

/**
 * Finds how many items of a list fit into its row: those with `data-item`. They are measured before the browser draws them, when other
 * items come or the row gets another width; not each time one of them counts on.
 *
 * @param names - Says which items there are, and roughly how wide.
 */
export function useFolding(names: string): Folding {
  const list = useRef<HTMLUListElement>(null);
  const widths = useRef(new Map<string, number>());
  const [fit, setFit] = useState({ names: '', count: Infinity });
  const measure = useCallback(() => {
    const row = list.current;
    // Where nothing is displayed there is nothing to measure.
    if (!row || row.clientWidth === 0) return;
    let before = 0;
    const items: number[] = [];
    for (const item of row.children) {
      if (!(item instanceof HTMLElement)) continue;
      const { item: name, role } = item.dataset;
      if (name !== undefined) {
        // One that is put away has no width: what it had is remembered.
        if (item.offsetWidth > 0) widths.current.set(name, item.offsetWidth);
        items.push(widths.current.get(name) ?? 0);
      } else if (role !== 'more' && item.offsetWidth > 0) {
        before += item.offsetWidth + GAP_PX;
      }
    }
    const room = row.clientWidth - before;
    const count = fitCount(items, { room, gap: GAP_PX, more: MORE_PX });
    setFit(was =>
      was.names === names && was.count === count ? was : { names, count },
    );
  }, [names]);
  useLayoutEffect(() => {
    measure();
    const row = list.current;
    if (!row || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(row);
    return () => observer.disconnect();
  }, [measure]);
  return { list, count: fit.names === names ? fit.count : Infinity };
}
