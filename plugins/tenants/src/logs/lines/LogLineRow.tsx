// SPDX-License-Identifier: Apache-2.0
import {
  RiAlertLine,
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiCloseCircleFill,
} from '@remixicon/react';
import { memo, type CSSProperties } from 'react';
import { formatDateTime } from '../../formatting/moment';
import { formatAmount, formatNumber } from '../../formatting/quantity';
import { useText, type Translate } from '../../useText';
import { classes } from '../styles';
import type { LogLevel, LogLine } from '../LogRow';
import type { PodSeries } from '../podSeries';
import type { TimeFormat } from '../../times/TimeFormat';
import { LINE_FLAG } from '../work/LogColumns';
import { JsonFields } from './JsonFields';
import { JsonText } from './JsonText';
import { LineActions, type LineAct } from './LineActions';
import { LineText } from './LineText';
import { LineTime } from './LineTime';

/** When a line was written, with the day, which has no room beside it. */
function momentOf(at: number, format: TimeFormat): string | undefined {
  const zone = format === 'local' ? undefined : 'UTC';
  return Number.isNaN(at) ? undefined : formatDateTime(at, zone);
}

/** Props of {@link LogLineRow}. */
export type LogLineRowProps = {
  readonly line: LogLine;
  readonly series: PodSeries;
  readonly zone: TimeFormat;
  readonly words: LevelWords;
  /** How many equal lines it stands for. */
  readonly count: number;
  readonly opened: boolean;
  readonly selected: boolean;
  readonly onToggle: () => void;
  readonly onAct: (act: LineAct) => void;
  readonly onDownloadLine: () => void;
};

function LineRow(props: LogLineRowProps) {
  const { line, series, zone, count, opened, selected } = props;
  const { at, source, level, flags } = line;
  const isJson = (flags & LINE_FLAG.json) !== 0;
  return (
    <div
      className={classes.line}
      data-level={level}
      data-dash={series.dash}
      data-current={selected}
      data-testid="log-line"
      style={seriesStyle(series)}
    >
      <span className={classes.time} title={momentOf(at, zone)}>
        <LineTime at={at} format={zone} />
      </span>
      <span
        className={classes.pod}
        title={`${source.pod} ${source.container}, ${source.environment} ${source.cluster}`}
      >
        {series.label}
      </span>
      <Level level={level} words={props.words} />
      <span className={classes.message}>
        {isJson && <Toggle opened={opened} onToggle={props.onToggle} />}
        {isJson && !opened ? (
          <JsonText line={line} />
        ) : (
          <span data-text>
            <LineText line={line} />
          </span>
        )}
        {count > 1 && <Times count={count} onOpen={props.onToggle} />}
        {(flags & LINE_FLAG.cut) !== 0 && <Cut {...props} />}
        {isJson && opened && <JsonFields line={line} />}
      </span>
      {selected && <LineActions onAct={props.onAct} />}
    </div>
  );
}

/** One line. It is drawn again only when it is chosen, opened or its time is written otherwise: never because others came. */
export const LogLineRow = memo(
  LineRow,
  (before, after) =>
    before.line.text === after.line.text &&
    before.line.at === after.line.at &&
    before.series === after.series &&
    before.zone === after.zone &&
    before.count === after.count &&
    before.opened === after.opened &&
    before.selected === after.selected,
);

/** Gives a row the look of its pod. */
export function seriesStyle(series: PodSeries): CSSProperties {
  const style: Record<`--${string}`, string> = { '--series': series.colour };
  return style;
}

/** What levels are called. Rows are many: the words are looked up once for all of them. */
export type LevelWords = Readonly<Record<LogLevel, string>>;

/** Looks the words up. */
export function levelWords(t: Translate): LevelWords {
  return {
    error: t('logs.error'),
    warn: t('logs.warn'),
    info: t('logs.info'),
    debug: t('logs.debug'),
  };
}

function Level(props: {
  readonly level: LogLevel | undefined;
  readonly words: LevelWords;
}) {
  const { level, words } = props;
  return (
    <span className={classes.level}>
      {level === 'error' && <RiCloseCircleFill size={12} aria-hidden />}
      {level === 'warn' && <RiAlertLine size={12} aria-hidden />}
      {level && <span className={classes.hideNarrow}>{words[level]}</span>}
    </span>
  );
}

function Toggle(props: {
  readonly opened: boolean;
  readonly onToggle: () => void;
}) {
  const { opened, onToggle } = props;
  const t = useText();
  return (
    <button
      type="button"
      className={classes.toggle}
      aria-expanded={opened}
      aria-label={opened ? t('logs.closeJson') : t('logs.openJson')}
      onClick={onToggle}
    >
      {opened ? (
        <RiArrowDownSLine size={14} />
      ) : (
        <RiArrowRightSLine size={14} />
      )}
    </button>
  );
}

function Times(props: { readonly count: number; readonly onOpen: () => void }) {
  const t = useText();
  const n = formatNumber(props.count);
  return (
    <button
      type="button"
      className={classes.times}
      aria-label={t('logs.timesText', { n })}
      onClick={props.onOpen}
    >
      {t('logs.times', { n })}
    </button>
  );
}

function Cut({ line, onDownloadLine }: LogLineRowProps) {
  const t = useText();
  const shown = formatAmount(line.text.length, 'bytes');
  const whole = line.note?.wholeBytes;
  return (
    <span className={classes.cut}>
      {whole === undefined
        ? t('logs.cutOnly', { shown })
        : t('logs.cut', { shown, whole: formatAmount(whole, 'bytes') })}
      <button type="button" onClick={onDownloadLine}>
        {t('logs.downloadLine')}
      </button>
    </span>
  );
}
