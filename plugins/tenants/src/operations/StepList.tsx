// SPDX-License-Identifier: Apache-2.0
import { VisuallyHidden } from '@backstage/ui';
import type {
  Operation,
  OperationEvent,
  OperationStep,
} from '@tenantry/backstage-plugin-tenants-common';
import { HealthShape } from '../components/HealthShape';
import { useNow } from '../components/sharedClock';
import { formatDuration } from '../formatting/duration';
import { classes } from '../styles';
import { useText } from '../useText';
import { LogLines } from './LogLines';
import styles from './operations.module.css';
import { stepWord } from './operationWords';

/** Lines that stand under the step that runs; the log has all of them. */
const LIVE_LINES = 8;

/** The steps of an operation; the one that runs or failed with its newest lines. */
export function StepList(props: {
  readonly operation: Operation;
  readonly lines: readonly OperationEvent[];
}) {
  const { operation, lines } = props;
  const t = useText();
  if (operation.steps.length === 0) {
    return <p className={classes.muted}>{t('operation.noSteps')}</p>;
  }
  return (
    <ol className={styles.steps} aria-label={t('operation.steps')}>
      {operation.steps.map(step => (
        <Step
          key={step.index}
          step={step}
          lines={lines.filter(line => line.step === step.index)}
        />
      ))}
    </ol>
  );
}

function StepShape({ state }: Pick<OperationStep, 'state'>) {
  switch (state) {
    case 'succeeded':
      return <HealthShape code="Healthy" />;
    case 'failed':
      return <HealthShape code="Degraded" />;
    case 'running':
      return <HealthShape code="Progressing" />;
    case 'skipped':
      return <HealthShape code="Suspended" />;
    case 'pending':
      return <span className={styles.pending} aria-hidden />;
    default:
      return state satisfies never;
  }
}

function Step(props: {
  readonly step: OperationStep;
  readonly lines: readonly OperationEvent[];
}) {
  const { step, lines } = props;
  const { state, title, environment, cluster, message } = step;
  const t = useText();
  const isOpen = state === 'running' || state === 'failed';
  return (
    <li
      data-state={state}
      aria-current={state === 'running' ? 'step' : undefined}
    >
      <StepShape state={state} />
      <div>
        <strong>{title}</strong>
        <VisuallyHidden>, {stepWord(t, state)}</VisuallyHidden>
        <div className={`${classes.small} ${classes.muted}`}>
          {environment &&
            cluster &&
            `${t('plan.inEnvironment', { environment, cluster })}. `}
          {message}
        </div>
        {isOpen && <LogLines lines={lines.slice(-LIVE_LINES)} />}
      </div>
      <StepTime step={step} />
    </li>
  );
}

function StepTime({ step }: { readonly step: OperationStep }) {
  const t = useText();
  const now = useNow();
  const { startedAt, endedAt, state } = step;
  const isKnown =
    startedAt !== undefined && (endedAt !== undefined || state === 'running');
  if (!isKnown) return <span />;
  const end = endedAt === undefined ? now : Date.parse(endedAt);
  return (
    <span className={`${classes.small} ${classes.muted}`}>
      {formatDuration(t, end - Date.parse(startedAt))}
    </span>
  );
}
