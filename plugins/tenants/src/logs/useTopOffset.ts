// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, type RefObject } from 'react';

/** How far below the top of its page an element begins, however far the page is scrolled. */
function topOf(element: HTMLElement): number {
  let { top } = element.getBoundingClientRect();
  for (let e = element.parentElement; e; e = e.parentElement)
    top += e.scrollTop;
  return Math.round(top);
}

/**
 * Tells the style of an element where it begins, as `--log-top`, so that it can end where the window does: what stands above it is the
 * portal’s, and differs from page to page and from moment to moment.
 */
export function useTopOffset(element: RefObject<HTMLElement>): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const measure = () =>
      current.style.setProperty('--log-top', `${topOf(current)}px`);
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    // Whatever grows above it, all that it stands in grows with it.
    const observer = new ResizeObserver(measure);
    for (let e = current.parentElement; e; e = e.parentElement) {
      observer.observe(e);
    }
    return () => observer.disconnect();
  }, [element]);
}
