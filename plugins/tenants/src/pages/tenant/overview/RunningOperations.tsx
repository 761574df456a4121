// SPDX-License-Identifier: Apache-2.0
import { ButtonLink } from '@backstage/ui';
import {
  isFinalState,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../../components/Age';
import { TextLink } from '../../../components/TextLink';
import { useLinks } from '../../../navigation';
import { OperationMark } from '../../../operations/OperationMark';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import styles from './overview.module.css';

/** What is being done to the tenant now, and how far it is; what waits is counted. */
export function RunningOperations(props: {
  readonly tenant: string;
  readonly operations: readonly Operation[];
}) {
  const { tenant, operations } = props;
  const t = useText();
  const links = useLinks();
  const going = operations.filter(({ state }) => !isFinalState(state));
  const current = going.find(({ state }) => state !== 'queued') ?? going[0];
  if (!current) return null;
  const { id, state, title, createdAt } = current;
  return (
    <section
      className={`${classes.card} ${styles.running}`}
      aria-label={t('running.title')}
    >
      <div className={`${classes.row} ${classes.wrap}`}>
        <OperationMark state={state} />
        <strong>{title}</strong>
        <span className={classes.muted}>
          <Progress operation={current} />
        </span>
        <span className={classes.grow} />
        <span className={`${classes.small} ${classes.muted}`}>
          <Age since={createdAt} />
        </span>
        {going.length > 1 && (
          <TextLink
            href={links.tenant(tenant, 'operations', { state: 'active' })}
          >
            {t('running.more', { count: going.length - 1 })}
          </TextLink>
        )}
        <ButtonLink
          size="small"
          variant="secondary"
          href={links.tenant(tenant, 'overview', { op: id })}
        >
          {t('running.open')}
        </ButtonLink>
      </div>
      <Bar operation={current} />
    </section>
  );
}

function currentStep({ steps }: Operation): number {
  const at = steps.findIndex(({ state }) => state === 'running');
  if (at >= 0) return at;
  return steps.findIndex(({ state }) => state === 'pending');
}

function Progress({ operation }: { readonly operation: Operation }) {
  const { steps, waitsFor } = operation;
  const t = useText();
  const at = currentStep(operation);
  if (waitsFor) return <>{t('running.waitsFor', { title: waitsFor.title })}</>;
  if (at < 0) return null;
  const { title, message } = steps[at];
  const step = t('running.step', {
    n: String(at + 1),
    m: String(steps.length),
    title,
  });
  return <>{message ? `${step} · ${message}` : step}</>;
}

function Bar({ operation }: { readonly operation: Operation }) {
  const { steps, title } = operation;
  if (steps.length === 0) return null;
  const done = steps.filter(({ state }) => state === 'succeeded').length;
  return (
    <div
      className={styles.bar}
      role="progressbar"
      aria-label={title}
      aria-valuemin={0}
      aria-valuemax={steps.length}
      aria-valuenow={done}
    >
      <span style={{ width: `${(done / steps.length) * 100}%` }} />
    </div>
  );
}
