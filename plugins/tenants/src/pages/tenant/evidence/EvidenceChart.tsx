// SPDX-License-Identifier: Apache-2.0
import { clockTime } from '../../../formatting/clockTime';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import type { Evidence } from './Evidence';
import styles from './evidence.module.css';

const WIDTH = 1_000;
const HEIGHT = 56;
/** Room above the limit, so that its line is seen. */
const TOP = 8;
const MARK = 6;

/** Props of {@link EvidenceChart}. */
export type EvidenceChartProps = {
  readonly evidence: Evidence;
  readonly limit: number | undefined;
  /** What was changed shortly before. */
  readonly changedAt: number | undefined;
  readonly from: number;
  readonly to: number;
};

/** Ends of a container on a line of time, with its memory against the limit where that is measured. The sentence beside it says the same. */
export function EvidenceChart(props: EvidenceChartProps) {
  const { evidence, limit, changedAt, from, to } = props;
  const isShown = (at: number) => at >= from;
  const ends = evidence.ends.filter(isShown);
  const samples = evidence.samples.filter(sample => isShown(sample.at));
  const t = useText();
  const most = Math.max(limit ?? 0, ...samples.map(s => s.bytes), 1);
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * WIDTH;
  const y = (bytes: number) => HEIGHT - (bytes / most) * (HEIGHT - TOP);
  const points = samples.map(({ at, bytes }) => `${x(at)},${y(bytes)}`);
  // Of one measurement a dot.
  if (points.length === 1) points.push(points[0]);
  return (
    <>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
      >
        <line className={styles.ground} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {limit !== undefined && (
          <line
            className={styles.limit}
            x2={WIDTH}
            y1={y(limit)}
            y2={y(limit)}
          />
        )}
        {points.length > 0 && (
          <polyline className={styles.used} points={points.join(' ')} />
        )}
        {changedAt !== undefined && isShown(changedAt) && (
          <line
            className={styles.change}
            x1={x(changedAt)}
            x2={x(changedAt)}
            y2={HEIGHT}
          />
        )}
        {ends.map(at => (
          <line
            key={at}
            className={styles.end}
            data-testid="evidence-end"
            x1={x(at)}
            x2={x(at)}
            y1={MARK}
            y2={HEIGHT}
          />
        ))}
      </svg>
      <div
        className={`${styles.times} ${classes.small} ${classes.muted}`}
        aria-hidden
      >
        <span>{t('time.utc', { time: clockTime(from) })}</span>
        <span>{t('time.utc', { time: clockTime(to) })}</span>
      </div>
    </>
  );
}
