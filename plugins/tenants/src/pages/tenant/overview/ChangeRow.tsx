// SPDX-License-Identifier: Apache-2.0
import { RiArrowUpLine, RiGroupLine, RiPriceTag3Line } from '@remixicon/react';
import type {
  Operation,
  Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import { memo, type ReactNode } from 'react';
import { Age } from '../../../components/Age';
import { ClampedText } from '../../../components/ClampedText';
import { EntityRefLink } from '../../../components/EntityRefLink';
import { HealthShape } from '../../../components/HealthShape';
import { TextLink } from '../../../components/TextLink';
import { formatDuration } from '../../../formatting/duration';
import { useLinks } from '../../../navigation';
import { stateShape, stateWord } from '../../../operations/operationWords';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { EventMark } from '../EventMark';
import type { Change } from './selectChanges';

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>;

/** One thing that changed: a mark, what and by whom, and how long ago. It is drawn again only when it is another. */
export const ChangeRow = memo(Row);

function Row(props: { readonly tenant: string; readonly change: Change }) {
  const { tenant, change } = props;
  return (
    <li>
      <Mark change={change} />
      <div className={classes.event}>
        <Body tenant={tenant} change={change} />
      </div>
      <span className={`${classes.small} ${classes.muted} ${classes.noWrap}`}>
        <Age since={new Date(change.at).toISOString()} />
      </span>
    </li>
  );
}

function Mark({ change }: { readonly change: Change }) {
  switch (change.kind) {
    case 'operation':
      return <OperationIcon operation={change.operation} />;
    case 'release':
      return <RiPriceTag3Line size={16} aria-hidden />;
    case 'event':
      return <EventMark type={change.event.type} />;
    case 'end':
      return <EventMark type="Warning" />;
    default:
      return change satisfies never;
  }
}

/** What it changed when it is done; else how it stands. */
function OperationIcon({ operation }: { readonly operation: Operation }) {
  const { state, type } = operation;
  const t = useText();
  const word = stateWord(t, state);
  const Icon = type === 'members' ? RiGroupLine : RiArrowUpLine;
  return (
    <span role="img" aria-label={word} title={word} className={classes.muted}>
      {state === 'succeeded' ? (
        <Icon size={16} aria-hidden />
      ) : (
        <HealthShape code={stateShape(state)} />
      )}
    </span>
  );
}

function Body(props: { readonly tenant: string; readonly change: Change }) {
  const { tenant, change } = props;
  switch (change.kind) {
    case 'operation':
      return <OperationBody operation={change.operation} />;
    case 'release':
      return <ReleaseBody tenant={tenant} revision={change.revision} />;
    case 'event':
      return <EventBody change={change} />;
    case 'end':
      return <EndBody tenant={tenant} change={change} />;
    default:
      return change satisfies never;
  }
}

function Small({ children }: { readonly children: ReactNode }) {
  return <div className={`${classes.small} ${classes.muted}`}>{children}</div>;
}

function OperationBody({ operation }: { readonly operation: Operation }) {
  const { id, tenant, title, requestedBy, environments } = operation;
  const { steps, startedAt, endedAt, result, error } = operation;
  const t = useText();
  const links = useLinks();
  const took =
    startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : -1;
  const facts = [
    ...(environments.length > 0 ? [environments.join(', ')] : []),
    ...(error ? [error.reason] : []),
    ...(steps.length > 0 ? [t('changed.steps', { count: steps.length })] : []),
    ...(took >= 0 ? [formatDuration(t, took)] : []),
    ...(result?.revision === undefined
      ? []
      : [t('changed.revision', { n: String(result.revision) })]),
  ];
  return (
    <>
      <TextLink href={links.tenant(tenant, 'overview', { op: id })}>
        {title}
      </TextLink>
      <Small>
        {t('changed.by', { who: <EntityRefLink entityRef={requestedBy} /> })}
        {facts.map(fact => `, ${fact}`)}
      </Small>
    </>
  );
}

function ReleaseBody(props: {
  readonly tenant: string;
  readonly revision: Revision;
}) {
  const { tenant, revision } = props;
  const { title, environment, by } = revision;
  const t = useText();
  const links = useLinks();
  const shown = { lane: 'releases', env: environment };
  return (
    <>
      <TextLink href={links.tenant(tenant, 'timeline', shown)}>
        {title}
      </TextLink>
      <Small>
        {t('changed.by', { who: <EntityRefLink entityRef={by} /> })}
        {`, ${environment}, ${t('changed.revision', {
          n: String(revision.revision),
        })}`}
      </Small>
    </>
  );
}

function EventBody({ change }: { readonly change: Of<'event'> }) {
  const { event, times } = change;
  const { object, reason, message } = event;
  const t = useText();
  const title = `${object.name} ${reason}`;
  return (
    <>
      {title}
      <Small>
        <ClampedText>{message}</ClampedText>
        {times > 1 && ` · ${t('timeline.times', { count: times })}`}
      </Small>
    </>
  );
}

function EndBody(props: {
  readonly tenant: string;
  readonly change: Of<'end'>;
}) {
  const { tenant, change } = props;
  const { end, pods, times } = change;
  const { container, isOneOfMany, reason, exitCode } = end;
  const t = useText();
  const links = useLinks();
  const of = pods > 1 ? end.workload : end.pod;
  const name = isOneOfMany ? `${of} ${container}` : of;
  const title = t(times > pods ? 'changed.endedAgain' : 'changed.ended', {
    name,
  });
  return (
    <>
      <TextLink href={links.tenant(tenant, 'logs', end.logs)}>{title}</TextLink>
      <Small>
        {t('workloads.exit', { reason, code: String(exitCode) })}
        {times > 1 && `, ${t('timeline.times', { count: times })}`}
        {pods > 1 && `, ${t('changed.inPods', { count: pods })}`}
      </Small>
    </>
  );
}
