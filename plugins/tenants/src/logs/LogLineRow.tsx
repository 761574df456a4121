// SPDX-License-Identifier: Apache-2.0
import { RiAlertLine, RiCloseCircleFill } from '@remixicon/react';
import { memo, useMemo, type CSSProperties } from 'react';
import { preciseClockTime } from '../formatting/clockTime';
import classes from '../tenantry.module.css';
import { useText, type Translate } from '../useText';
import type { LogLevel, LogLine } from './LogRow';
import { splitHits, type LogSearch } from './LogSearch';
import { parseLogText, type LogSegment, type LogStyle } from './logText';
import type { PodSeries } from './podSeries';

const styleClasses: Record<LogStyle, string> = {
  bold: classes.ansiBold,
  dim: classes.ansiDim,
  italic: classes.ansiItalic,
  underline: classes.ansiUnderline,
  red: classes.ansiRed,
  green: classes.ansiGreen,
  yellow: classes.ansiYellow,
  blue: classes.ansiBlue,
  magenta: classes.ansiMagenta,
  cyan: classes.ansiCyan,
  grey: classes.ansiGrey,
};

/** Props of {@link LogLineRow}. */
export type LogLineRowProps = {
  readonly line: LogLine;
  /** Distance from the top, in CSS pixels. */
  readonly top: number;
  readonly series: PodSeries;
  readonly zone: 'utc' | 'local';
  readonly search: LogSearch | undefined;
  readonly current: boolean;
};

function LineRow(props: LogLineRowProps) {
  const { line, top, series, zone, search, current } = props;
  const { at, source, text, level } = line;
  const segments = useMemo(() => parseLogText(text), [text]);
  return (
    <div
      className={classes.line}
      data-level={level}
      data-dash={series.dash}
      data-current={current}
      data-testid="log-line"
      style={rowStyle(top, series)}
    >
      <span className={classes.muted}>{preciseClockTime(at, zone)}</span>
      <span
        className={classes.pod}
        title={`${source.pod} ${source.container}, ${source.environment} ${source.cluster}`}
      >
        {series.label}
      </span>
      <Level level={level} />
      <span className={classes.message}>
        {segments.map((segment, index) => (
          <Segment key={index} segment={segment} search={search} />
        ))}
      </span>
    </div>
  );
}

/** One line. It is drawn once: its text never changes, so only place, search and zone can. */
export const LogLineRow = memo(LineRow);

function rowStyle(top: number, series: PodSeries): CSSProperties {
  const style: Record<`--${string}`, string> = { '--series': series.colour };
  return { ...style, transform: `translateY(${top}px)` };
}

function levelWord(t: Translate, level: LogLevel): string {
  const words: Record<LogLevel, string> = {
    error: t('logs.error'),
    warn: t('logs.warn'),
    info: t('logs.info'),
    debug: t('logs.debug'),
  };
  return words[level];
}

function Level({ level }: { readonly level: LogLevel | undefined }) {
  const t = useText();
  return (
    <span className={classes.level}>
      {level === 'error' && <RiCloseCircleFill size={12} aria-hidden />}
      {level === 'warn' && <RiAlertLine size={12} aria-hidden />}
      {level && (
        <span className={classes.hideNarrow}>{levelWord(t, level)}</span>
      )}
    </span>
  );
}

function Segment(props: {
  readonly segment: LogSegment;
  readonly search: LogSearch | undefined;
}) {
  const { segment, search } = props;
  const t = useText();
  const { text, styles, control } = segment;
  if (control) {
    return (
      <span
        className={classes.control}
        title={t('logs.controlMark', { code: text })}
      >
        {text}
      </span>
    );
  }
  const content = search ? highlighted(search, text) : text;
  if (styles.length === 0) return <>{content}</>;
  return (
    <span className={styles.map(style => styleClasses[style]).join(' ')}>
      {content}
    </span>
  );
}

function highlighted(search: LogSearch, text: string) {
  return splitHits(search, text).map((part, index) =>
    part.hit ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
