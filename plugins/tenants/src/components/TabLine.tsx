// SPDX-License-Identifier: Apache-2.0
import { useBreakpoint } from '@backstage/ui';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { classes } from '../styles';

/** Holds the tabs of a page. Where there is no room for all of them they scroll, and the open one stands in the middle. */
export function TabLine(props: {
  /** The tab that is open. */
  readonly open: string;
  readonly children: ReactNode;
}) {
  const { open, children } = props;
  const { breakpoint } = useBreakpoint();
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const tab = line.current?.querySelector('[aria-selected="true"]');
    if (!line.current || !tab) return;
    const middle = (element: Element) => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    // Not scrollIntoView, which would move the page as well.
    line.current.scrollLeft += middle(tab) - middle(line.current);
  }, [open, breakpoint]);
  return (
    <div ref={line} className={classes.tabLine}>
      {children}
    </div>
  );
}
