// SPDX-License-Identifier: Apache-2.0
import type { Container } from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../../components/Age';
import { classes } from '../../../styles';
import { useClock } from '../../../times/useClock';
import { useText } from '../../../useText';
import styles from './evidence.module.css';
import { lastEndOf } from './lastEndOf';

/** What the chart says, in words. */
export function EvidenceCaption(props: {
  readonly container: Container;
  /** Why there is no memory to show; absent where there is, or where it is not about memory. */
  readonly why: string | undefined;
  /** Since when memory is measured. */
  readonly knownFrom: number | undefined;
  readonly isChanged: boolean;
}) {
  const { container, why, knownFrom, isChanged } = props;
  const t = useText();
  const clock = useClock();
  const end = lastEndOf(container);
  const words = {
    age: <Age since={end?.at} alwaysRelative />,
    reason: end?.reason ?? '',
    code: String(end?.code ?? ''),
  };
  const count = container.restarts;
  return (
    <>
      <span>
        <i className={styles.key} data-of="end" />
        {count > 0
          ? t('evidence.again', { count, ...words })
          : t('evidence.ended', words)}
      </span>
      {why !== undefined && (
        <span className={classes.muted}>{t('usage.reason', { why })}</span>
      )}
      {knownFrom !== undefined && (
        <span className={classes.muted}>
          <i className={styles.key} />
          {t('evidence.known', { time: clock(knownFrom) })}
        </span>
      )}
      {isChanged && (
        <span>
          <i className={styles.key} data-of="change" />
          {t('before.changed')}
        </span>
      )}
    </>
  );
}
