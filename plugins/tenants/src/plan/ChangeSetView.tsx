// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeAction,
  ChangeSet,
  ChangeSetEntry,
} from '@tenantry/backstage-plugin-tenants-common';
import { useId } from 'react';
import { formatNumber } from '../formatting/quantity';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import { FieldDiff } from './FieldDiff';
import styles from './plan.module.css';

/** Objects that are drawn per module; the rest is counted. */
const MAX_OBJECTS = 100;

const ORDER: readonly ChangeAction[] = [
  'failed',
  'deleted',
  'configured',
  'created',
  'skipped',
];

/** What becomes of each object: how many of which kind of change, then object by object, by module. */
export function ChangeSetView({ changes }: { readonly changes: ChangeSet }) {
  const t = useText();
  const headingId = useId();
  const groups = byModule(changes.entries);
  return (
    <section aria-labelledby={headingId}>
      <h4 id={headingId} className={styles.heading}>
        {t('plan.whatChanges')}
      </h4>
      <p className={styles.counts}>{countsText(t, changes)}</p>
      {groups.map(([module, entries]) => (
        <ModuleChanges
          key={module ?? ''}
          title={module ?? t('plan.common')}
          entries={entries}
        />
      ))}
    </section>
  );
}

function countsText(t: Translate, { counts }: ChangeSet): string {
  const n = (action: ChangeAction) => formatNumber(counts[action] ?? 0);
  const parts: string[] = [
    t('plan.created', { n: n('created') }),
    t('plan.configured', { n: n('configured') }),
    t('plan.deleted', { n: n('deleted') }),
    t('plan.unchanged', { n: n('unchanged') }),
  ];
  if (counts.skipped) parts.push(t('plan.skipped', { n: n('skipped') }));
  if (counts.failed) parts.push(t('plan.failedCount', { n: n('failed') }));
  return parts.join(', ');
}

type Group = [string | undefined, ChangeSetEntry[]];

/** What differs, by module; what every environment has comes last. */
function byModule(entries: readonly ChangeSetEntry[]): Group[] {
  const groups = new Map<string | undefined, ChangeSetEntry[]>();
  for (const entry of entries) {
    if (entry.action === 'unchanged') continue;
    const known = groups.get(entry.module);
    if (known) known.push(entry);
    else groups.set(entry.module, [entry]);
  }
  const rank = (entry: ChangeSetEntry) => ORDER.indexOf(entry.action);
  for (const group of groups.values()) group.sort((a, b) => rank(a) - rank(b));
  return [...groups].sort(
    ([a], [b]) =>
      Number(a === undefined) - Number(b === undefined) ||
      (a ?? '').localeCompare(b ?? ''),
  );
}

function ModuleChanges(props: {
  readonly title: string;
  readonly entries: readonly ChangeSetEntry[];
}) {
  const { title, entries } = props;
  const t = useText();
  const rest = entries.length - MAX_OBJECTS;
  return (
    <div className={styles.module}>
      <h5>{title}</h5>
      <ul className={styles.entries} aria-label={title}>
        {entries.slice(0, MAX_OBJECTS).map(entry => (
          <li key={`${entry.apiVersion}/${entry.kind}/${entry.name}`}>
            <Entry entry={entry} />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className={classes.muted}>
          {t('plan.moreObjects', { count: rest })}
        </p>
      )}
    </div>
  );
}

function actionWord(t: Translate, action: ChangeAction): string {
  const words: Record<ChangeAction, string> = {
    created: t('plan.actionCreated'),
    configured: t('plan.actionConfigured'),
    deleted: t('plan.actionDeleted'),
    unchanged: t('plan.actionUnchanged'),
    skipped: t('plan.actionSkipped'),
    failed: t('plan.actionFailed'),
  };
  return words[action];
}

function Entry({ entry }: { readonly entry: ChangeSetEntry }) {
  const { action, kind, name, fields, reason } = entry;
  const t = useText();
  return (
    <>
      <span className={styles.action} data-action={action}>
        {actionWord(t, action)}
      </span>{' '}
      <span className={classes.anywhere}>
        {kind} {name}
      </span>
      {reason && (
        <span className={`${classes.small} ${classes.muted}`}> {reason}</span>
      )}
      {fields.length > 0 && <FieldDiff fields={fields} />}
    </>
  );
}
