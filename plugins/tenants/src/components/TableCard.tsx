// SPDX-License-Identifier: Apache-2.0
import { useBreakpoint } from '@backstage/ui';
import type { ReactNode } from 'react';
import { classes } from '../styles';

/** Holds a table that may be wider than the page: where there is little room it scrolls, by keyboard as well. */
export function TableCard(props: {
  /** What it is called. */
  readonly label: string;
  /** Its columns fit a telephone: it is not made wider there. */
  readonly fits?: boolean;
  readonly children: ReactNode;
}) {
  const { label, fits, children } = props;
  const { down } = useBreakpoint();
  return (
    <section
      className={classes.tableCard}
      aria-label={label}
      data-fits={fits}
      // What scrolls must take the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={down('md') ? 0 : undefined}
    >
      {children}
    </section>
  );
}
