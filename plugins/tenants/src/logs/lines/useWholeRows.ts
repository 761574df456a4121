// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, type RefObject } from 'react';
import { ROW_HEIGHT_PX } from '../rows/RowHeights';

/**
 * Gives the lines a height into which whole rows fit, so that the first of them is not cut while the last stands at the end. What is left
 * of the frame stays free above them.
 */
export function useWholeRows(scroller: RefObject<HTMLElement>): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    const frame = element?.parentElement;
    if (!element || !frame || typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const fit = () => {
      const bar = element.offsetHeight - element.clientHeight;
      const rest = Math.max(0, frame.clientHeight - bar) % ROW_HEIGHT_PX;
      element.style.marginTop = `${rest}px`;
    };
    const observer = new ResizeObserver(fit);
    observer.observe(frame);
    // Its own room changes when a scrollbar comes.
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}
