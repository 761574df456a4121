// SPDX-License-Identifier: Apache-2.0
import { useClock } from '../../../times/useClock';
import { useDateTime } from '../../../times/useDateTime';
import { useText, type Translate } from '../../../useText';
import styles from './timeline.module.css';
import { LANES, type Lane, type TimelineEntry } from './timelineEntries';

const WIDTH = 960;
const LEFT = 84;
const LANE = 24;
const FOOT = 18;

/** The name of a lane. */
export function laneName(t: Translate, lane: Lane): string {
  return t(`timeline.${lane}`);
}

function isBad(entry: TimelineEntry): boolean {
  if (entry.lane === 'operations') return entry.operation.state === 'failed';
  return entry.lane === 'events' && entry.event.type === 'Warning';
}

/** Three lanes over the time that is shown. The list below says the same in words. */
export function TimelineAxis(props: {
  readonly entries: readonly TimelineEntry[];
}) {
  const { entries } = props;
  const t = useText();
  const clock = useClock();
  const dateTime = useDateTime();
  const newest = entries[0]?.at ?? 0;
  const oldest = entries.at(-1)?.at ?? 0;
  const span = Math.max(1, newest - oldest);
  const x = (at: number) =>
    LEFT + 8 + ((at - oldest) / span) * (WIDTH - LEFT - 24);
  const y = (lane: Lane) => LANES.indexOf(lane) * LANE + LANE / 2;
  return (
    <svg
      className={styles.axis}
      viewBox={`0 0 ${WIDTH} ${LANES.length * LANE + FOOT}`}
      role="img"
      aria-label={t('timeline.axis', {
        from: dateTime(oldest),
        to: dateTime(newest),
      })}
    >
      {LANES.map(lane => (
        <g key={lane}>
          <text x={0} y={y(lane) + 4}>
            {laneName(t, lane)}
          </text>
          <line
            x1={LEFT}
            x2={WIDTH}
            y1={y(lane)}
            y2={y(lane)}
            className={styles.lane}
          />
        </g>
      ))}
      {entries.map(entry => (
        <rect
          key={entry.key}
          x={x(entry.at) - 3}
          y={y(entry.lane) - (isBad(entry) ? 8 : 5)}
          width={6}
          height={isBad(entry) ? 16 : 10}
          rx={2}
          className={styles.mark}
          data-lane={entry.lane}
          data-bad={isBad(entry)}
        >
          <title>{`${clock(entry.at)} ${entry.text}`}</title>
        </rect>
      ))}
      <text x={LEFT} y={LANES.length * LANE + 12}>
        {dateTime(oldest)}
      </text>
      <text x={WIDTH} y={LANES.length * LANE + 12} textAnchor="end">
        {dateTime(newest)}
      </text>
    </svg>
  );
}
