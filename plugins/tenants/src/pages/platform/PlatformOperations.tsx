// SPDX-License-Identifier: Apache-2.0
import {
  isFinalState,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../components/Age';
import { TextLink } from '../../components/TextLink';
import { useLinks } from '../../navigation';
import { OperationMark } from '../../operations/OperationMark';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './platform.module.css';

/** Rows of each sort; all of them are on the page of operations. */
const SHOWN = 5;

/** What is being changed across tenants, and what of it went wrong; each opens its drawer. */
export function PlatformOperations(props: {
  /** The newest first. */
  readonly operations: readonly Operation[];
}) {
  const { operations } = props;
  const t = useText();
  const links = useLinks();
  const running = operations.filter(({ state }) => !isFinalState(state));
  const failed = operations.filter(({ state }) => state === 'failed');
  const shown = [...running.slice(0, SHOWN), ...failed.slice(0, SHOWN)];
  return (
    <section className={classes.card} aria-label={t('inFlight.title')}>
      <div className={classes.cardHead}>
        <h3>{t('inFlight.title')}</h3>
        <span className={`${classes.small} ${classes.muted} ${classes.grow}`}>
          {t('inFlight.summary', {
            running: String(running.length),
            failed: String(failed.length),
          })}
        </span>
        <TextLink href={links.operations}>{t('inFlight.all')}</TextLink>
      </div>
      {shown.length === 0 && (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('inFlight.none')}
        </p>
      )}
      <ul className={`${classes.list} ${styles.list}`}>
        {shown.map(operation => (
          <OperationLine key={operation.id} operation={operation} />
        ))}
      </ul>
    </section>
  );
}

function OperationLine({ operation }: { readonly operation: Operation }) {
  const { id, state, title, tenant, environments, error } = operation;
  const t = useText();
  const links = useLinks();
  const where =
    environments.length === 0
      ? tenant
      : t('inFlight.in', { tenant, environments: environments.join(', ') });
  return (
    <li>
      <OperationMark state={state} />
      <span className={classes.ellipsis} title={error?.message}>
        <TextLink href={`${links.platform}?${new URLSearchParams({ op: id })}`}>
          {title}
        </TextLink>{' '}
        <span className={`${classes.small} ${classes.muted}`}>
          {error ? `${where} · ${error.reason}` : where}
        </span>
      </span>
      <span className={`${classes.small} ${classes.muted} ${classes.noWrap}`}>
        <Age since={operation.endedAt ?? operation.createdAt} />
      </span>
    </li>
  );
}
