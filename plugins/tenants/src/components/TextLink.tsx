// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';
import { classes } from '../styles';

/** A link in running text or a cell, in the colour of links. */
export function TextLink(props: {
  readonly href: string;
  readonly title?: string;
  /** `_blank` for what leaves the portal. */
  readonly target?: '_blank';
  readonly rel?: 'noopener noreferrer';
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
}) {
  return (
    <Link
      {...props}
      standalone
      className={classes.link}
      style={{ font: 'inherit' }}
    />
  );
}
