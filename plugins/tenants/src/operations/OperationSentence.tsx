// SPDX-License-Identifier: Apache-2.0
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { useNow } from '../components/sharedClock';
import { formatDuration } from '../formatting/duration';
import { useText, type Translate } from '../useText';
import styles from './operations.module.css';

const WRITES = ['created', 'configured', 'deleted'] as const;

/** How many objects an operation changed so far. */
export function countChanged({ changes }: Operation): number {
  return WRITES.reduce(
    (sum, action) => sum + (changes?.counts[action] ?? 0),
    0,
  );
}

/** What was changed and stays so. */
export function keptText(t: Translate, operation: Operation): string {
  const count = countChanged(operation);
  return count === 0 ? t('operation.keptNone') : t('operation.kept', { count });
}

/** What an operation waits for, or how it ended, in a sentence. */
export function OperationSentence(props: { readonly operation: Operation }) {
  const { operation } = props;
  switch (operation.state) {
    case 'queued':
      return <Queued operation={operation} />;
    case 'retrying':
      return <Retrying operation={operation} />;
    case 'cancelling':
      return <Cancelling />;
    case 'succeeded':
      return <Succeeded operation={operation} />;
    case 'failed':
      return <Failed operation={operation} />;
    case 'cancelled':
      return <Cancelled operation={operation} />;
    case 'running':
      return null;
    default:
      return operation.state satisfies never;
  }
}

type Props = { readonly operation: Operation };

function Queued({ operation: { waitsFor } }: Props) {
  const t = useText();
  return (
    <p>
      {waitsFor
        ? t('operation.waitsFor', { title: waitsFor.title })
        : t('operation.waits')}
    </p>
  );
}

function Retrying({ operation }: Props) {
  const t = useText();
  const now = useNow();
  const { attempt, maxAttempts, nextTryAt, error } = operation;
  const wait = nextTryAt === undefined ? 0 : Date.parse(nextTryAt) - now;
  const words = {
    attempt: String(attempt + 1),
    max: String(maxAttempts),
    why: error?.message ?? t('operation.noReason'),
  };
  return (
    <p>
      {wait > 0
        ? t('operation.retryIn', {
            ...words,
            wait: formatDuration(t, wait + 999),
          })
        : t('operation.retryNow', words)}
    </p>
  );
}

function Cancelling() {
  const t = useText();
  return <p>{t('operation.cancelling')}</p>;
}

function Succeeded({ operation: { startedAt, endedAt } }: Props) {
  const t = useText();
  if (startedAt === undefined || endedAt === undefined) {
    return <p className={styles.end}>{t('operation.doneNow')}</p>;
  }
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  return (
    <p className={styles.end}>
      {t('operation.done', { duration: formatDuration(t, ms) })}
    </p>
  );
}

function stepTitles(
  { steps }: Operation,
  t: Translate,
  isDone: boolean,
): string {
  const titles = steps
    .filter(step => (step.state === 'succeeded') === isDone)
    .map(step => step.title);
  return titles.length > 0 ? titles.join(', ') : t('operation.nothing');
}

function Failed({ operation }: Props) {
  const t = useText();
  return (
    <div className={styles.end} data-state="failed" role="alert">
      <p>
        <strong>{operation.error?.reason}</strong> {operation.error?.message}
      </p>
      <p>
        {t('operation.appliedSoFar', {
          applied: stepTitles(operation, t, true),
          rest: stepTitles(operation, t, false),
        })}{' '}
        {keptText(t, operation)}
      </p>
    </div>
  );
}

function Cancelled({ operation }: Props) {
  const t = useText();
  const { steps } = operation;
  const done = steps.filter(step => step.state === 'succeeded').length;
  return (
    <p className={styles.end}>
      {done === 0
        ? t('operation.cancelledBefore')
        : t('operation.cancelledAfter', {
            n: String(done),
            m: String(steps.length),
            kept: keptText(t, operation),
          })}
    </p>
  );
}
