// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES_BY_URGENCY,
  type Operation,
  type PlatformStatus,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ReactNode } from 'react';
import { useNow } from '../../components/sharedClock';
import { TextLink } from '../../components/TextLink';
import { formatNumber } from '../../formatting/quantity';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './platform.module.css';
import { operationFacts, watchFacts } from './platformFacts';

const MINUTE_MS = 60_000;

/** The whole platform in a few numbers. */
export function FactsStrip(props: {
  readonly platform: PlatformStatus;
  /** Absent while they are not known. */
  readonly operations: readonly Operation[] | undefined;
}) {
  const { platform, operations } = props;
  return (
    <dl className={styles.facts}>
      <TenantFact counts={platform.tenants} />
      <WatchFacts clusters={platform.clusters} />
      <OperationFacts operations={operations} />
    </dl>
  );
}

function Fact(props: {
  readonly label: string;
  /** Absent of what nobody knows. */
  readonly value: ReactNode;
  readonly detail?: ReactNode;
}) {
  const { label, value, detail } = props;
  const t = useText();
  return (
    <div className={classes.card}>
      <dt>{label}</dt>
      <dd className={value === undefined ? classes.muted : styles.number}>
        {value ?? t('time.notKnown')}
      </dd>
      {detail !== undefined && <dd className={styles.detail}>{detail}</dd>}
    </div>
  );
}

function TenantFact({
  counts,
}: {
  readonly counts: PlatformStatus['tenants'];
}) {
  const t = useText();
  const links = useLinks();
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const told = HEALTH_CODES_BY_URGENCY.filter(code => (counts[code] ?? 0) > 0);
  return (
    <Fact
      label={t('nav.tenants')}
      value={
        <TextLink
          href={links.list}
          aria-label={t('facts.tenants', { count: total })}
        >
          {formatNumber(total)}
        </TextLink>
      }
      detail={
        told.every(code => code === 'Healthy')
          ? t('facts.allHealthy')
          : told.map((code, at) => (
              <span key={code}>
                {at > 0 && ', '}
                <TextLink href={`${links.list}?health=${code.toLowerCase()}`}>
                  {counts[code]} {t(`health.${code}`)}
                </TextLink>
              </span>
            ))
      }
    />
  );
}

function WatchFacts(props: { readonly clusters: PlatformStatus['clusters'] }) {
  const t = useText();
  const facts = watchFacts(props.clusters);
  const { pods, withPods, clusters, watches, behind, refused } = facts;
  const watched = t('facts.watched', {
    count: clusters,
    behind: String(behind),
  });
  return (
    <>
      <Fact
        label={t('facts.pods')}
        value={pods === undefined ? undefined : formatNumber(pods)}
        detail={
          withPods === clusters
            ? t('facts.onClusters', { count: clusters })
            : t('facts.onSome', { n: String(withPods), count: clusters })
        }
      />
      <Fact
        label={t('facts.watches')}
        value={formatNumber(watches)}
        detail={
          refused > 0
            ? `${watched}, ${t('facts.refused', { n: String(refused) })}`
            : watched
        }
      />
    </>
  );
}

function OperationFacts(props: {
  readonly operations: readonly Operation[] | undefined;
}) {
  const { operations } = props;
  const t = useText();
  const links = useLinks();
  const now = useNow(at => Math.floor(at / MINUTE_MS) * MINUTE_MS);
  const facts = operations && operationFacts(operations, now);
  return (
    <>
      <Fact
        label={t('inFlight.title')}
        value={
          facts && <TextLink href={links.operations}>{facts.running}</TextLink>
        }
        detail={facts && t('facts.running', { waiting: String(facts.waiting) })}
      />
      <Fact
        label={t('facts.failed')}
        value={
          facts && (
            <TextLink href={`${links.operations}?state=failed`}>
              {facts.failed}
            </TextLink>
          )
        }
        detail={facts && t('facts.ofOperations', { count: facts.recent })}
      />
    </>
  );
}
