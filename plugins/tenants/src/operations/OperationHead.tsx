// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { EntityRefLink } from '../components/EntityRefLink';
import { useNow } from '../components/sharedClock';
import { formatDuration } from '../formatting/duration';
import { classes } from '../styles';
import { useClock } from '../times/useClock';
import { useText } from '../useText';
import { CopyButton } from './CopyButton';
import { OperationMark } from './OperationMark';
import { OperationSentence } from './OperationSentence';
import styles from './operations.module.css';
import { stateWord } from './operationWords';

/** State, how far, how long, where, who, and what it waits for or how it ended. */
export function OperationHead(props: { readonly operation: Operation }) {
  const { operation } = props;
  const { state, steps, tenant, environments, createdAt } = operation;
  const t = useText();
  const clock = useClock();
  const doneSteps = steps.filter(s => s.state === 'succeeded').length;
  const current = steps.findIndex(
    s => s.state === 'running' || s.state === 'failed',
  );
  const n = current < 0 ? doneSteps : current + 1;
  const where = [tenant, environments.join(', ')].filter(Boolean).join(', ');
  return (
    <div className={styles.head}>
      <div className={`${classes.row} ${classes.wrap} ${classes.small}`}>
        <OperationMark state={state} />
        {steps.length > 0 && (
          <span className={classes.muted}>
            {t('operation.step', {
              n: String(n),
              m: String(steps.length),
            })}
          </span>
        )}
        <Elapsed operation={operation} />
        <span className={classes.muted}>{where}</span>
        <span className={classes.muted}>
          {t('operation.startedBy', {
            who: <EntityRefLink entityRef={operation.requestedBy} />,
            time: clock(Date.parse(createdAt)),
          })}
        </span>
        <CopyButton
          label={t('operation.copyLink')}
          done={t('operation.linkCopied')}
          text={() => window.location.href}
        />
      </div>
      {steps.length > 0 && (
        <div
          className={styles.progress}
          data-state={state}
          role="progressbar"
          aria-label={operation.title}
          aria-valuemin={0}
          aria-valuemax={steps.length}
          aria-valuenow={doneSteps}
        >
          <span style={{ width: `${(doneSteps / steps.length) * 100}%` }} />
        </div>
      )}
      {/* Steps and log are not announced; only that the state is another one. */}
      <p role="status" className={classes.small}>
        <span className={styles.hidden}>
          {t('operation.announce', {
            title: operation.title,
            state: stateWord(t, state),
          })}
        </span>
      </p>
      <OperationSentence operation={operation} />
    </div>
  );
}

/** How long it runs, or ran. */
function Elapsed({ operation }: { readonly operation: Operation }) {
  const { startedAt, endedAt, state } = operation;
  const t = useText();
  const now = useNow();
  if (startedAt === undefined) return null;
  if (endedAt === undefined && isFinalState(state)) return null;
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  return (
    <span className={classes.muted}>
      {formatDuration(t, end - Date.parse(startedAt))}
    </span>
  );
}
