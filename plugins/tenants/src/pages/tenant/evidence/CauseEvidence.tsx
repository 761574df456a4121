// SPDX-License-Identifier: Apache-2.0
import type { Cause, Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { lazy, Suspense, useId, useState } from 'react';
import { useNow } from '../../../components/sharedClock';
import { formatDuration } from '../../../formatting/duration';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { beginOf } from './Evidence';
import { EvidenceCaption } from './EvidenceCaption';
import styles from './evidence.module.css';
import { EvidenceTable } from './EvidenceTable';
import { lastEndOf } from './lastEndOf';
import { MemoryFacts } from './MemoryFacts';
import { culpritOf, endsOf, useEvidence, type Culprit } from './useEvidence';

// Drawn beside what is written; nobody waits for it.
const EvidenceChart = lazy(() =>
  import('./EvidenceChart').then(module => ({ default: module.EvidenceChart })),
);

const OUT_OF_MEMORY = 'OOMKilled';
/** The line of time moves on in steps of this. */
const STEP_MS = 15_000;
const MINUTE_MS = 60_000;

/** What shows a cause over time: how often and when its container ended, and its memory where that is what ends it. Nothing where it never ended. */
export function CauseEvidence(props: {
  readonly tenant: Tenant;
  readonly cause: Cause;
  /** What was changed shortly before; ISO time. */
  readonly changedAt: string | undefined;
}) {
  const { tenant, cause, changedAt } = props;
  const culprit = culpritOf(tenant, cause);
  if (!culprit || endsOf(culprit.container).length === 0) return null;
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
  const { container, pod } = culprit;
  const t = useText();
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  const seen = useEvidence(tenant, cause.cluster, culprit);
  const now = useNow(n => Math.ceil(n / STEP_MS) * STEP_MS);
  const since = cause.since === undefined ? undefined : Date.parse(cause.since);
  const isMemory = lastEndOf(container)?.reason === OUT_OF_MEMORY;
  const evidence = isMemory ? seen : { ends: seen.ends, samples: [] };
  const from = beginOf(evidence, [since, changedAt], now);
  const hasMemory = evidence.samples.length > 0;
  const limit = hasMemory ? seen.limit : undefined;
  return (
    <figure
      className={styles.figure}
      data-testid="cause-evidence"
      aria-labelledby={`${id}title ${id}caption`}
    >
      <div className={styles.head}>
        <span id={`${id}title`} className={styles.title} title={pod.name}>
          {hasMemory
            ? t('evidence.memory', { name: pod.name })
            : t('evidence.restarts', { name: pod.name })}
        </span>
        <span className={classes.muted}>
          {t('evidence.last', { span: spanText(t, now - from) })}
        </span>
      </div>
      {asTable ? (
        <EvidenceTable
          name={pod.name}
          evidence={evidence}
          changedAt={changedAt}
        />
      ) : (
        <Suspense fallback={<div className={styles.chart} />}>
          <EvidenceChart
            evidence={evidence}
            limit={limit}
            changedAt={changedAt}
            from={from}
            to={now}
          />
        </Suspense>
      )}
      <figcaption id={`${id}caption`} className={styles.keys}>
        <EvidenceCaption
          container={container}
          why={isMemory && !hasMemory ? seen.why : undefined}
          knownFrom={evidence.samples[0]?.at}
          isChanged={changedAt !== undefined}
        />
      </figcaption>
      <div className={styles.foot}>
        {isMemory && seen.isKnown && <MemoryFacts seen={seen} />}
        <button
          type="button"
          className={classes.textButton}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? t('evidence.asChart') : t('evidence.asTable')}
        </button>
      </div>
    </figure>
  );
}

function spanText(t: ReturnType<typeof useText>, ms: number): string {
  return formatDuration(t, Math.ceil(ms / MINUTE_MS) * MINUTE_MS);
}
