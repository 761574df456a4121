// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import { RiPriceTag3Line } from '@remixicon/react';
import { Age } from '../../../components/Age';
import { ClampedText } from '../../../components/ClampedText';
import { EntityRefLink } from '../../../components/EntityRefLink';
import { useQuery } from '../../../navigation';
import { OperationMark } from '../../../operations/OperationMark';
import { FieldDiff } from '../../../plan/FieldDiff';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { EventMark } from '../EventMark';
import { revisionDiff } from './revisionDiff';
import type { TimelineEntry } from './timelineEntries';

type Release = Extract<TimelineEntry, { lane: 'releases' }>;

/** One thing that happened. */
export function TimelineRow({ entry }: { readonly entry: TimelineEntry }) {
  return (
    <li>
      <Mark entry={entry} />
      <div className={classes.event}>
        <Body entry={entry} />
      </div>
      <span className={`${classes.small} ${classes.muted} ${classes.noWrap}`}>
        {entry.environments.length > 0 && `${entry.environments.join(', ')} · `}
        <Age since={new Date(entry.at).toISOString()} />
      </span>
    </li>
  );
}

function Mark({ entry }: { readonly entry: TimelineEntry }) {
  if (entry.lane === 'events') return <EventMark type={entry.event.type} />;
  return entry.lane === 'releases' ? (
    <RiPriceTag3Line size={16} aria-hidden />
  ) : (
    <span />
  );
}

function Body({ entry }: { readonly entry: TimelineEntry }) {
  switch (entry.lane) {
    case 'operations':
      return <OperationBody operation={entry.operation} />;
    case 'releases':
      return <ReleaseBody entry={entry} />;
    case 'events':
      return <EventBody event={entry.event} />;
    default:
      return entry satisfies never;
  }
}

function OperationBody({ operation }: { readonly operation: Operation }) {
  const t = useText();
  const [, change] = useQuery();
  const { id, title, requestedBy } = operation;
  return (
    <>
      <button
        type="button"
        className={classes.textButton}
        aria-label={t('timeline.open', { title })}
        onClick={() => change({ op: id })}
      >
        {title}
      </button>{' '}
      <OperationMark state={operation.state} />{' '}
      <span className={`${classes.small} ${classes.muted}`}>
        <EntityRefLink entityRef={requestedBy} />
      </span>
    </>
  );
}

function ReleaseBody({ entry }: { readonly entry: Release }) {
  const t = useText();
  const { revision, before } = entry;
  const { environment } = revision;
  const fields = before ? revisionDiff(before, revision) : [];
  const none =
    revision.revision === 1
      ? t('timeline.firstRevision', { environment })
      : t('timeline.notKnownBefore');
  return (
    <>
      {revision.title}{' '}
      <span className={`${classes.small} ${classes.muted}`}>
        {t('timeline.revision', { environment, n: String(revision.revision) })}
      </span>
      <details className={classes.small}>
        <summary>{t('timeline.changed')}</summary>
        {fields.length > 0 ? (
          <FieldDiff fields={fields} />
        ) : (
          <p className={classes.muted}>
            {before ? t('timeline.nothingChanged') : none}
          </p>
        )}
      </details>
    </>
  );
}

function EventBody({ event }: { readonly event: TenantEvent }) {
  const t = useText();
  const { reason, object, message, count } = event;
  return (
    <>
      {object.name} {reason}
      {count > 1 && (
        <span className={`${classes.small} ${classes.muted}`}>
          {' '}
          {t('timeline.times', { count })}
        </span>
      )}
      <div className={`${classes.small} ${classes.muted}`}>
        <ClampedText>{message}</ClampedText>
      </div>
    </>
  );
}
