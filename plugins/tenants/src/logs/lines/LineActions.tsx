// SPDX-License-Identifier: Apache-2.0
import {
  RiExpandUpDownLine,
  RiFileCopyLine,
  RiLink,
  RiMarkdownLine,
} from '@remixicon/react';
import { useText } from '../../useText';
import { classes } from '../styles';

/** What can be done with the line that is chosen. */
export type LineAct = 'context' | 'copy' | 'markdown' | 'link';

/** What can be done with a line, at its end. */
export function LineActions(props: { readonly onAct: (act: LineAct) => void }) {
  const t = useText();
  const acts = [
    { act: 'context', label: t('logs.context'), icon: RiExpandUpDownLine },
    { act: 'copy', label: t('logs.copyLine'), icon: RiFileCopyLine },
    { act: 'markdown', label: t('logs.copyMarkdown'), icon: RiMarkdownLine },
    { act: 'link', label: t('logs.copyLink'), icon: RiLink },
  ] as const;
  return (
    <span className={classes.lineActions}>
      {acts.map(({ act, label, icon: Icon }) => (
        <button
          key={act}
          type="button"
          title={label}
          aria-label={label}
          onClick={event => {
            event.stopPropagation();
            props.onAct(act);
          }}
        >
          <Icon size={14} aria-hidden />
        </button>
      ))}
    </span>
  );
}
