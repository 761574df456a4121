// SPDX-License-Identifier: Apache-2.0
import type { ResourceUse } from '@tenantry/backstage-plugin-tenants-common';
import { describeUse } from '../../../components/rollUp/describeUse';
import { formatAmount, formatUsedOf } from '../../../formatting/quantity';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import styles from './usage.module.css';

const WARN_SHARE = 0.85;
const FULL_SHARE = 0.95;
const UNITS = { cpu: 'cores', memory: 'bytes' } as const;

/** Props of {@link UseMeter}. */
export type UseMeterProps = {
  readonly label: string;
  readonly resource: 'cpu' | 'memory';
  readonly use: ResourceUse | undefined;
  /** Why nothing was measured, in a sentence. */
  readonly why: string;
};

function levelOf(used: number, limit: number | undefined) {
  const share = limit ? used / limit : 0;
  if (share >= FULL_SHARE) return 'full';
  return share >= WARN_SHARE ? 'high' : 'normal';
}

/** How much is in use: the bar ends at the limit, a tick marks the request. What was not measured is said, never drawn as zero. */
export function UseMeter({ label, resource, use, why }: UseMeterProps) {
  const t = useText();
  const used = use?.used[resource];
  if (!use || used === undefined) {
    const text = t('usage.reason', { why });
    return (
      <span
        className={`${classes.small} ${classes.muted}`}
        title={text}
        aria-label={`${label}: ${text}`}
        role="note"
      >
        {t('usage.noMetrics')}
      </span>
    );
  }
  const unit = UNITS[resource];
  const limit = use.limits[resource];
  const request = use.requests[resource];
  const end = Math.max(limit ?? request ?? used, used, 1e-9);
  const whole = limit ?? request;
  const shown =
    whole === undefined
      ? formatAmount(used, unit)
      : formatUsedOf(used, whole, unit);
  const text = describeUse(t, { used, limit, request }, unit);
  const level = levelOf(used, limit);
  return (
    <span
      className={styles.use}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={end}
      aria-valuenow={used}
      aria-valuetext={text}
      title={text}
    >
      <span className={styles.bar} aria-hidden>
        <span
          className={styles.used}
          data-level={level}
          style={{ width: `${Math.min(1, used / end) * 100}%` }}
        />
        {request !== undefined && limit !== undefined && (
          <span
            className={styles.tick}
            style={{ left: `calc(${Math.min(1, request / end) * 100}% - 1px)` }}
          />
        )}
      </span>
      <span
        className={`${styles.text} ${level === 'normal' ? '' : classes.bold}`}
        aria-hidden
      >
        {shown}
      </span>
    </span>
  );
}
