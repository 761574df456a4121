// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine, RiCloseCircleFill } from '@remixicon/react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clockTime } from '../formatting/clockTime';
import { formatNumber } from '../formatting/quantity';
import { useText, type Translate } from '../useText';
import type { VolumeBucket } from './buffer/LogVolume';
import { classes } from './styles';
import { VolumeTable } from './VolumeTable';

/** Bars at the most. */
export const MAX_BARS = 60;

/** A stretch of time in milliseconds since the epoch. */
export type TimeSpan = { readonly from: number; readonly to: number };

/** Props of {@link LogHistogram}. */
export type LogHistogramProps = {
  readonly buckets: readonly VolumeBucket[];
  /** What is in view. */
  readonly seen: TimeSpan | undefined;
  readonly onGo: (at: number) => void;
  readonly onNarrow: (span: TimeSpan) => void;
};

function widthOf(buckets: readonly VolumeBucket[]): number {
  return buckets.length > 1 ? buckets[1].at - buckets[0].at : 1_000;
}

function total(
  buckets: readonly VolumeBucket[],
  what: 'lines' | 'warnings' | 'errors',
): number {
  return buckets.reduce((n, bucket) => n + bucket[what], 0);
}

function nameOf(t: Translate, buckets: readonly VolumeBucket[]): string {
  const last = buckets[buckets.length - 1].at + widthOf(buckets);
  return t('logs.volumeText', {
    lines: formatNumber(total(buckets, 'lines')),
    errors: formatNumber(total(buckets, 'errors')),
    warnings: formatNumber(total(buckets, 'warnings')),
    from: clockTime(buckets[0].at),
    to: clockTime(last),
  });
}

/** Lines, warnings and errors over time: where to look. */
export function LogHistogram(props: LogHistogramProps) {
  const { buckets } = props;
  const t = useText();
  const [asTable, setAsTable] = useState(false);
  if (buckets.length < 2) return null;
  const errors = total(buckets, 'errors');
  const warnings = total(buckets, 'warnings');
  const lines = total(buckets, 'lines');
  return (
    <section className={classes.volume} aria-label={t('logs.volume')}>
      <div className={classes.volumeSide}>
        <span className={classes.muted}>
          {t('logs.volumeFrom', { time: clockTime(buckets[0].at) })}
        </span>
        <span className={classes.volumeTotal}>
          {t('logs.volumeLines', { count: lines, n: formatNumber(lines) })}
          <button type="button" onClick={() => setAsTable(!asTable)}>
            {asTable ? t('logs.volumeHide') : t('logs.volumeTable')}
          </button>
        </span>
      </div>
      {asTable ? <VolumeTable buckets={buckets} /> : <Bars {...props} />}
      <div className={classes.volumeSide}>
        <span>
          <RiCloseCircleFill size={12} className={classes.bad} aria-hidden />{' '}
          {t('logs.errors', { count: errors, n: formatNumber(errors) })}
        </span>
        <span>
          <RiAlertLine size={12} className={classes.warn} aria-hidden />{' '}
          {t('logs.warnings', { count: warnings, n: formatNumber(warnings) })}
        </span>
      </div>
    </section>
  );
}

function indexAt(event: PointerEvent<HTMLElement>, count: number): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const share = width > 0 ? (event.clientX - left) / width : 0;
  return Math.min(count - 1, Math.max(0, Math.floor(share * count)));
}

function useDrag(props: LogHistogramProps) {
  const { buckets, onGo, onNarrow } = props;
  const [span, setSpan] = useState<readonly [number, number]>();
  const start = useRef<number>();
  return {
    span,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        start.current = indexAt(event, buckets.length);
        event.currentTarget.setPointerCapture?.(event.pointerId);
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (start.current === undefined) return;
        const at = indexAt(event, buckets.length);
        setSpan([Math.min(start.current, at), Math.max(start.current, at)]);
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const from = start.current;
        start.current = undefined;
        setSpan(undefined);
        if (from === undefined) return;
        const to = indexAt(event, buckets.length);
        if (to === from) {
          onGo(buckets[from].at);
          return;
        }
        const [low, high] = [Math.min(from, to), Math.max(from, to)];
        onNarrow({
          from: buckets[low].at,
          to: buckets[high].at + widthOf(buckets),
        });
      },
    },
  };
}

function bandStyle(buckets: readonly VolumeBucket[], seen: TimeSpan) {
  const start = buckets[0].at;
  const length = widthOf(buckets) * buckets.length;
  const share = (at: number) =>
    Math.min(1, Math.max(0, (at - start) / length)) * 100;
  const left = share(seen.from);
  return { left: `${left}%`, width: `${Math.max(1, share(seen.to) - left)}%` };
}

function Bars(props: LogHistogramProps) {
  const { buckets, seen, onGo } = props;
  const t = useText();
  const [focused, setFocused] = useState<number>();
  const { span, handlers } = useDrag(props);
  const most = Math.max(1, ...buckets.map(bucket => bucket.lines));
  const onKeyDown = (event: KeyboardEvent) => {
    const at = focused ?? buckets.length - 1;
    if (event.key === 'ArrowLeft') setFocused(Math.max(0, at - 1));
    else if (event.key === 'ArrowRight') {
      setFocused(Math.min(buckets.length - 1, at + 1));
    } else if (event.key === 'Enter') onGo(buckets[at].at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const current = focused === undefined ? undefined : buckets[focused];
  return (
    <div
      className={classes.bars}
      role="slider"
      tabIndex={0}
      aria-label={nameOf(t, buckets)}
      aria-valuemin={0}
      aria-valuemax={buckets.length - 1}
      aria-valuenow={focused ?? buckets.length - 1}
      aria-valuetext={bucketText(t, current ?? buckets[buckets.length - 1])}
      onKeyDown={onKeyDown}
      onBlur={() => setFocused(undefined)}
      {...handlers}
    >
      {seen && (
        <span className={classes.band} style={bandStyle(buckets, seen)} />
      )}
      {buckets.map((bucket, index) => (
        <Bar
          key={bucket.at}
          bucket={bucket}
          most={most}
          chosen={index === focused || isWithin(span, index)}
        />
      ))}
      <span className={classes.barsFrom}>{clockTime(buckets[0].at)}</span>
      <span className={classes.barsTo}>
        {t('time.utc', {
          time: clockTime(buckets[buckets.length - 1].at + widthOf(buckets)),
        })}
      </span>
    </div>
  );
}

function isWithin(
  span: readonly [number, number] | undefined,
  index: number,
): boolean {
  return span !== undefined && index >= span[0] && index <= span[1];
}

function bucketText(t: Translate, bucket: VolumeBucket): string {
  return t('logs.volumeBucket', {
    time: clockTime(bucket.at),
    lines: formatNumber(bucket.lines),
    warnings: formatNumber(bucket.warnings),
    errors: formatNumber(bucket.errors),
  });
}

function Bar(props: {
  readonly bucket: VolumeBucket;
  readonly most: number;
  readonly chosen: boolean;
}) {
  const { bucket, most, chosen } = props;
  const t = useText();
  const share = (n: number) => `${(n / most) * 100}%`;
  const rest = bucket.lines - bucket.errors - bucket.warnings;
  return (
    <span
      className={classes.bar}
      data-chosen={chosen}
      title={bucketText(t, bucket)}
      aria-hidden
    >
      <span data-part="errors" style={{ height: share(bucket.errors) }} />
      <span data-part="warnings" style={{ height: share(bucket.warnings) }} />
      <span data-part="lines" style={{ height: share(rest) }} />
    </span>
  );
}
