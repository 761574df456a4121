// SPDX-License-Identifier: Apache-2.0
import { formatNumber, formatUsedOf, type Unit } from '../formatting/quantity';
import { classes } from '../styles';
import { useText } from '../useText';

/** Props of {@link Meter}. */
export type MeterProps = {
  readonly label: string;
  readonly usage: { readonly used: number; readonly hard: number } | undefined;
  readonly unit: Unit;
  /** Short form for columns that name the unit in their head: bytes are GiB then. */
  readonly short?: boolean;
};

const GIB = 1024 ** 3;
const WARN_SHARE = 0.85;
const FULL_SHARE = 0.95;

function levelOf(share: number): 'normal' | 'high' | 'full' {
  if (share >= FULL_SHARE) return 'full';
  return share >= WARN_SHARE ? 'high' : 'normal';
}

function shortText(used: number, hard: number, unit: Unit) {
  const scale = unit === 'bytes' ? GIB : 1;
  return { used: formatNumber(used / scale), hard: formatNumber(hard / scale) };
}

/** How much of a limit is used, as number and bar. What is not known is said, never drawn as zero. */
export function Meter({ label, usage, unit, short }: MeterProps) {
  const t = useText();
  if (!usage) {
    return (
      <span
        className={`${classes.muted} ${classes.small}`}
        title={t('quantity.noQuota')}
      >
        {t('quantity.notKnown')}
      </span>
    );
  }
  const { used, hard } = usage;
  const share = hard > 0 ? used / hard : Number(used > 0);
  const level = levelOf(share);
  const text = formatUsedOf(used, hard, unit);
  const brief = shortText(used, hard, unit);
  const weight = level === 'normal' ? undefined : classes.bold;
  return (
    <span
      className={`${classes.meter} ${short ? classes.meterCell : ''}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={hard}
      aria-valuenow={Math.min(used, hard)}
      aria-valuetext={text}
      title={`${label}: ${text}`}
    >
      <span className={classes.track} aria-hidden>
        <span
          className={classes.fillBar}
          data-level={level}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </span>
      <span aria-hidden>
        {short ? (
          <>
            <span className={weight}>{brief.used}</span> / {brief.hard}
          </>
        ) : (
          <span className={weight}>{text}</span>
        )}
      </span>
    </span>
  );
}
