// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { classes } from '../styles';
import { useText } from '../useText';

/** Text of this length or less fits on three lines of a narrow column. */
const MAX_LENGTH = 180;
/** Room that the cut leaves, so that nothing is cut to show three letters less. */
const SHOWN_LENGTH = 140;

/** Long text cut short, with a button to read on. Cut by length and not by style, so that a screen reader hears the same. */
export function ClampedText({ children }: { readonly children: string }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  if (children.length <= MAX_LENGTH) {
    return <span className={classes.anywhere}>{children}</span>;
  }
  return (
    <span className={classes.anywhere}>
      {isOpen ? children : `${children.slice(0, SHOWN_LENGTH).trimEnd()}…`}{' '}
      <button
        type="button"
        className={classes.textButton}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? t('text.less') : t('text.more')}
      </button>
    </span>
  );
}
