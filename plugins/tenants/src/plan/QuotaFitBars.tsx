// SPDX-License-Identifier: Apache-2.0
import type { QuotaFit } from '@tenantry/backstage-plugin-tenants-common';
import { useId } from 'react';
import { quotaName } from '../components/quotaName';
import { formatAmount, formatUsedOf } from '../formatting/quantity';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './plan.module.css';

/** How the quota would be filled: now, then, and what is left, per resource; the tightest first. */
export function QuotaFitBars(props: { readonly quota: readonly QuotaFit[] }) {
  const t = useText();
  const headingId = useId();
  const { quota } = props;
  if (quota.length === 0) return null;
  const share = (fit: QuotaFit) =>
    fit.hard > 0 ? fit.after / fit.hard : Number(fit.after > 0) * 2;
  const sorted = [...quota].sort((a, b) => share(b) - share(a));
  const isOver = quota.some(fit => fit.left < 0);
  return (
    <section aria-labelledby={headingId}>
      <h4 id={headingId} className={styles.heading}>
        {isOver ? t('plan.quotaOver') : t('plan.quotaFits')}
      </h4>
      <div className={styles.quota}>
        {sorted.map(fit => (
          <QuotaBar key={fit.resource} fit={fit} />
        ))}
      </div>
    </section>
  );
}

function QuotaBar({ fit }: { readonly fit: QuotaFit }) {
  const t = useText();
  const { resource, unit, used, after, hard, left, byModule } = fit;
  const name = quotaName(t, resource);
  const rest =
    left < 0
      ? t('plan.over', { amount: formatAmount(-left, unit) })
      : t('plan.left', { amount: formatAmount(left, unit) });
  const afterText = formatUsedOf(after, hard, unit);
  return (
    <div>
      <div className={styles.quotaLine}>
        <span title={resource}>{name}</span>
        <span
          role="meter"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={hard}
          aria-valuenow={Math.min(after, hard)}
          aria-valuetext={t('plan.usedAfter', {
            after: afterText,
            used: formatAmount(used, unit),
            rest,
          })}
          className={styles.bar}
        >
          <Segments fit={fit} />
        </span>
        <span className={classes.right}>{afterText}</span>
        <span
          className={`${classes.right} ${
            left < 0 ? styles.negative : classes.muted
          }`}
        >
          {rest}
        </span>
      </div>
      {(byModule.length > 0 || fit.estimated) && (
        <details className={`${classes.small} ${styles.byModule}`}>
          <summary>
            {t('plan.byModuleTitle')} {fit.estimated && t('plan.estimated')}
          </summary>
          <ul aria-label={t('plan.byModule', { resource: name })}>
            {byModule.map(({ module, amount }) => (
              <li key={module}>
                {module} {formatAmount(amount, unit)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What is used now, what comes to it, and what is over; a bar is as long as the larger of quota and use. */
function Segments({ fit }: { readonly fit: QuotaFit }) {
  const { used, after, hard } = fit;
  const whole = Math.max(hard, after, 1e-9);
  const stays = Math.min(used, after, hard);
  const grows = Math.max(0, Math.min(after, hard) - stays);
  const over = Math.max(0, after - hard);
  const width = (amount: number) => `${(amount / whole) * 100}%`;
  return (
    <>
      <span className={styles.now} style={{ width: width(stays) }} />
      <span className={styles.more} style={{ width: width(grows) }} />
      <span className={styles.over} style={{ width: width(over) }} />
    </>
  );
}
