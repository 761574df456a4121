// SPDX-License-Identifier: Apache-2.0
import {
  RiAlertLine,
  RiInformationLine,
  RiRestartLine,
} from '@remixicon/react';
import type { PlanNote } from '@tenantry/backstage-plugin-tenants-common';
import { useId } from 'react';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './plan.module.css';

type Tone = 'risk' | 'restart' | 'plain';

const tones: Record<PlanNote['kind'], Tone> = {
  'data-lost': 'risk',
  'volume-replaced': 'risk',
  'immutable-field': 'risk',
  'scope-change': 'risk',
  deprecated: 'risk',
  warning: 'risk',
  'rendered-as-files': 'risk',
  restart: 'restart',
  'data-kept': 'plain',
  estimated: 'plain',
  'offline-validation': 'plain',
  recommended: 'plain',
};

const icons: Record<Tone, typeof RiAlertLine> = {
  risk: RiAlertLine,
  restart: RiRestartLine,
  plain: RiInformationLine,
};

const RANK: readonly Tone[] = ['risk', 'restart', 'plain'];

/** What to know before going on: risks first. */
export function NoteList(props: { readonly notes: readonly PlanNote[] }) {
  const t = useText();
  const headingId = useId();
  if (props.notes.length === 0) return null;
  const rank = (note: PlanNote) => RANK.indexOf(tones[note.kind]);
  const notes = [...props.notes].sort((a, b) => rank(a) - rank(b));
  return (
    <section aria-labelledby={headingId}>
      <h4 id={headingId} className={styles.heading}>
        {t('plan.expect')}
      </h4>
      <ul className={styles.notes}>
        {notes.map(note => {
          const tone = tones[note.kind];
          const Icon = icons[tone];
          return (
            <li key={JSON.stringify(note)} data-tone={tone}>
              <Icon size={16} aria-hidden />
              <span className={classes.anywhere}>
                {note.message}{' '}
                <span className={`${classes.small} ${classes.muted}`}>
                  {[note.subject, note.environment].filter(Boolean).join(', ')}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
