// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { TextLink } from '../components/TextLink';
import { classes } from '../styles';
import styles from './search.module.css';

/** Longest text of a hit that is shown; a runbook may be long. */
const MAX_TEXT = 240;

/** A hit of the search: its name, its mark, what it is, and the beginning of its text. */
export function HitFrame(props: {
  readonly title: string;
  readonly href: string;
  readonly kind: string;
  readonly icon?: ReactNode;
  readonly mark?: ReactNode;
  readonly facts: readonly string[];
  readonly text: string;
}) {
  const { title, href, kind, icon, mark, facts, text } = props;
  const shown =
    text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).trimEnd()}…` : text;
  return (
    <div className={`${classes.body} ${styles.hit}`}>
      <div className={`${classes.row} ${classes.wrap}`}>
        {icon}
        <strong>
          <TextLink href={href}>{title}</TextLink>
        </strong>
        {mark}
        <span className={classes.grow} />
        <span className={`${classes.small} ${classes.muted}`}>{kind}</span>
      </div>
      {facts.length > 0 && (
        <div className={`${classes.small} ${classes.muted}`}>
          {facts.filter(Boolean).join(' · ')}
        </div>
      )}
      <div className={`${classes.small} ${classes.anywhere}`}>{shown}</div>
    </div>
  );
}
