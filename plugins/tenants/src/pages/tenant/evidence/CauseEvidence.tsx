// SPDX-License-Identifier: Apache-2.0
import type { Cause, Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { lazy, Suspense } from 'react';
import { Age } from '../../../components/Age';
import { useNow } from '../../../components/sharedClock';
import { formatAmount, formatUsedOf } from '../../../formatting/quantity';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { beginOf } from './Evidence';
import styles from './evidence.module.css';
import { culpritOf, useEvidence, type Culprit } from './useEvidence';

// Drawn beside what is written; nobody waits for it.
const EvidenceChart = lazy(() =>
  import('./EvidenceChart').then(module => ({ default: module.EvidenceChart })),
);

const OUT_OF_MEMORY = 'OOMKilled';
/** The line of time moves on in steps of this. */
const STEP_MS = 15_000;

/** What shows a cause over time: how often and when its container ended, and its memory where that is what ends it. Nothing where it never ended. */
export function CauseEvidence(props: {
  readonly tenant: Tenant;
  readonly cause: Cause;
  /** What was changed shortly before; ISO time. */
  readonly changedAt: string | undefined;
}) {
  const { tenant, cause, changedAt } = props;
  const culprit = culpritOf(tenant, cause);
  if (!culprit?.container.lastExit?.at) return null;
  return (
    <Seen
      key={`${culprit.pod.uid}/${culprit.container.name}`}
      tenant={tenant.name}
      cause={cause}
      culprit={culprit}
      changedAt={changedAt === undefined ? undefined : Date.parse(changedAt)}
    />
  );
}

function Seen(props: {
  readonly tenant: string;
  readonly cause: Cause;
  readonly culprit: Culprit;
  readonly changedAt: number | undefined;
}) {
  const { tenant, cause, culprit, changedAt } = props;
  const { container } = culprit;
  const t = useText();
  const seen = useEvidence(tenant, cause.cluster, culprit);
  const now = useNow(n => Math.ceil(n / STEP_MS) * STEP_MS);
  const since = cause.since === undefined ? undefined : Date.parse(cause.since);
  const isMemory = container.lastExit?.reason === OUT_OF_MEMORY;
  const evidence = isMemory ? seen : { ends: seen.ends, samples: [] };
  const limit = evidence.samples.length > 0 ? seen.limit : undefined;
  return (
    <figure className={styles.figure} data-testid="cause-evidence">
      <Suspense fallback={<div className={styles.chart} />}>
        <EvidenceChart
          evidence={evidence}
          limit={limit}
          changedAt={changedAt}
          from={beginOf(evidence, [since, changedAt], now)}
          to={now}
        />
      </Suspense>
      <figcaption className={`${styles.keys} ${classes.small}`}>
        <span>
          <i className={styles.key} data-of="end" />
          {t('evidence.ended', {
            count: container.restarts,
            age: <Age since={container.lastExit?.at} />,
            reason: container.lastExit?.reason ?? '',
            code: String(container.lastExit?.code ?? ''),
          })}
        </span>
        {isMemory && <Memory bytes={seen.bytes} limit={limit} why={seen.why} />}
        {changedAt !== undefined && (
          <span>
            <i className={styles.key} data-of="change" />
            {t('before.changed')}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function Memory(props: {
  readonly bytes: number | undefined;
  readonly limit: number | undefined;
  readonly why: string;
}) {
  const { bytes, limit, why } = props;
  const t = useText();
  if (bytes === undefined) {
    return <span className={classes.muted}>{t('usage.reason', { why })}</span>;
  }
  return (
    <span>
      <i className={styles.key} />
      {limit === undefined
        ? t('evidence.memory', { used: formatAmount(bytes, 'bytes') })
        : t('evidence.memoryOf', {
            used: formatUsedOf(bytes, limit, 'bytes'),
          })}
      {limit !== undefined && (
        <>
          {' '}
          <i className={styles.key} data-of="limit" />
          {t('evidence.limit')}
        </>
      )}
    </span>
  );
}
