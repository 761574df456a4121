// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  Operation,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { problemText } from '../../../components/problemText';
import { useShared } from '../../../components/rollUp/shareEqual';
import { TextLink } from '../../../components/TextLink';
import { useLinks } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import type { RevisionsAnswer } from '../timeline/useRevisions';
import { useTimelineEntries } from '../timeline/useTimelineEntries';
import { ChangeRow } from './ChangeRow';
import { containerEnds } from './containerEnds';
import { selectChanges } from './selectChanges';

/** What was done to a tenant last, and what was seen of it: newest first, with the way to each and to all of them. */
export function WhatChanged(props: {
  readonly tenant: Tenant;
  readonly operations: readonly Operation[];
  readonly revisions: RevisionsAnswer;
}) {
  const { tenant, operations, revisions } = props;
  const { name, environments } = tenant;
  const t = useText();
  const links = useLinks();
  const { entries, problem, retry } = useTimelineEntries(
    tenant,
    operations,
    revisions,
  );
  const ends = useMemo(() => containerEnds(environments), [environments]);
  const changes = useShared(
    useMemo(() => selectChanges(entries, ends), [entries, ends]),
  );
  return (
    <section className={classes.card} aria-label={t('changed.title')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('changed.title')}</h3>
        <TextLink href={links.tenant(name, 'timeline')}>
          {t('timeline.title')}
        </TextLink>
      </div>
      {changes.length === 0 && !problem && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('timeline.empty')}
        </p>
      )}
      <ul className={classes.list}>
        {changes.map(change => (
          <ChangeRow key={change.key} tenant={name} change={change} />
        ))}
      </ul>
      {problem && (
        <p
          role="alert"
          className={`${classes.cardBody} ${classes.small} ${classes.muted}`}
        >
          {t('timeline.partly', { why: problemText(t, problem) })}{' '}
          <Button size="small" variant="tertiary" onPress={retry}>
            {t('timeline.again')}
          </Button>
        </p>
      )}
    </section>
  );
}
