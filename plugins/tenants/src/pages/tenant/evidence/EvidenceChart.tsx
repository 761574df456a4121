// SPDX-License-Identifier: Apache-2.0
import { formatAmount } from '../../../formatting/quantity';
import { useClock } from '../../../times/useClock';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { runsOf, type Evidence, type Sample } from './Evidence';
import styles from './evidence.module.css';

const WIDTH = 1_000;
const HEIGHT = 72;
/** Room above the limit for the marks of ends and for its name. */
const TOP = 22;

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
  const { evidence, limit, from, to } = props;
  const t = useText();
  const clock = useClock();
  const isShown = (at: number) => at >= from;
  // The cluster’s clock may be ahead of the reader’s.
  const share = (at: number) =>
    Math.min(1, (at - from) / Math.max(1, to - from));
  const hasMemory = evidence.samples.length > 0;
  return (
    <div aria-hidden>
      <div className={styles.chart} data-memory={hasMemory}>
        <Curves {...props} share={share} />
        {limit !== undefined && (
          <span className={styles.limitName}>
            {t('evidence.atLimit', { limit: formatAmount(limit, 'bytes') })}
          </span>
        )}
        {evidence.ends.filter(isShown).map((at, index) => (
          <svg
            key={`${at}/${index}`}
            className={styles.end}
            data-testid="evidence-end"
            style={{ left: `${share(at) * 100}%` }}
            viewBox="0 0 8 8"
          >
            <path d="m1 1 6 6M7 1 1 7" />
          </svg>
        ))}
      </div>
      <div className={`${styles.times} ${classes.small} ${classes.muted}`}>
        <span>{clock(from)}</span>
        <span>{clock(to)}</span>
      </div>
    </div>
  );
}

function Curves(
  props: EvidenceChartProps & { readonly share: (at: number) => number },
) {
  const { evidence, limit, changedAt, from, share } = props;
  const samples = evidence.samples.filter(({ at }) => at >= from);
  const most = Math.max(limit ?? 0, ...samples.map(s => s.bytes), 1);
  const x = (at: number) => share(at) * WIDTH;
  const y = (bytes: number) => HEIGHT - (bytes / most) * (HEIGHT - TOP);
  const points = (run: readonly Sample[]) =>
    run.map(({ at, bytes }) => `${x(at)},${y(bytes)}`).join(' ');
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <line className={styles.ground} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      {limit !== undefined && (
        <line className={styles.limit} x2={WIDTH} y1={y(limit)} y2={y(limit)} />
      )}
      {runsOf({ ends: evidence.ends, samples }).map(run => {
        const [first] = run;
        const last = run[run.length - 1];
        const ground = `${x(last.at)},${HEIGHT} ${x(first.at)},${HEIGHT}`;
        // Of one measurement a dot.
        const line = run.length === 1 ? [first, first] : run;
        return (
          <g key={first.at}>
            <polygon
              className={styles.area}
              points={`${points(run)} ${ground}`}
            />
            <polyline className={styles.used} points={points(line)} />
          </g>
        );
      })}
      {changedAt !== undefined && changedAt >= from && (
        <line
          className={styles.change}
          x1={x(changedAt)}
          x2={x(changedAt)}
          y2={HEIGHT}
        />
      )}
    </svg>
  );
}
