// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { RiCloseCircleFill } from '@remixicon/react';
import { useMemo, type MouseEvent } from 'react';
import { formatNumber } from '../formatting/quantity';
import { useText } from '../useText';
import { seriesStyle } from './lines/LogLineRow';
import { classes } from './styles';
import type { LogSnapshot } from './LogSession';
import { commonPrefix, podSeries, type PodSeries } from './podSeries';

/** Pods that are shown as buttons; more of them are chosen from a list. */
const MAX_BUTTONS = 12;

/** How a pod ended, where one did. */
export type PodEnd = {
  readonly reason: string;
  readonly bad: boolean;
  /** Whether it has written nothing since. */
  readonly isOver: boolean;
};

/** Props of {@link LogLegend}. */
export type LogLegendProps = {
  readonly log: LogSnapshot;
  readonly hidden: ReadonlySet<string>;
  readonly ends: ReadonlyMap<string, PodEnd>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
};

function linesOf(log: LogSnapshot, pod: string): number {
  return log.buffer.sources.reduce(
    (n, source, id) => (source.pod === pod ? n + log.buffer.linesOf(id) : n),
    0,
  );
}

/** Which pod has which colour, how many lines it wrote, and whether they are shown. */
export function LogLegend(props: LogLegendProps) {
  const { log, hidden, ends, onHide } = props;
  const t = useText();
  const all = useMemo(
    () => [...podSeries(log.sources).values()],
    [log.sources],
  );
  const pods = all.map(series => series.pod);
  if (pods.length > MAX_BUTTONS) return <PodChoice pods={pods} {...props} />;
  const toggle = (pod: string, event: MouseEvent) => {
    const only = new Set(pods.filter(other => other !== pod));
    if (event.altKey) {
      const isOnly = hidden.size === only.size && !hidden.has(pod);
      onHide(isOnly ? new Set() : only);
      return;
    }
    const next = new Set(hidden);
    if (!next.delete(pod)) next.add(pod);
    onHide(next);
  };
  return (
    <ul aria-label={t('logs.legend')} className={classes.legendList}>
      <li className={classes.muted}>{commonPrefix(pods)}</li>
      {all.map(series => (
        <li key={series.pod}>
          <PodToggle
            series={series}
            lines={linesOf(log, series.pod)}
            shown={!hidden.has(series.pod)}
            end={ends.get(series.pod)}
            onToggle={event => toggle(series.pod, event)}
          />
        </li>
      ))}
    </ul>
  );
}

function PodToggle(props: {
  readonly series: PodSeries;
  readonly lines: number;
  readonly shown: boolean;
  readonly end: PodEnd | undefined;
  readonly onToggle: (event: MouseEvent) => void;
}) {
  const { series, lines, shown, end, onToggle } = props;
  const t = useText();
  const reason = end && t('logs.endedPod', { reason: end.reason });
  return (
    <button
      type="button"
      className={classes.legendItem}
      style={seriesStyle(series)}
      aria-pressed={shown}
      data-ended={end?.isOver === true}
      title={[series.pod, reason, t('logs.legendHint')]
        .filter(Boolean)
        .join('. ')}
      onClick={onToggle}
    >
      <span className={classes.swatch} data-shown={shown} aria-hidden />
      {series.label}
      {end?.bad && (
        <RiCloseCircleFill
          size={12}
          className={classes.bad}
          aria-label={end.reason}
        />
      )}
      <span className={classes.muted}>
        {shown ? formatNumber(lines) : t('logs.hidden')}
      </span>
    </button>
  );
}

function PodChoice(
  props: LogLegendProps & { readonly pods: readonly string[] },
) {
  const { pods, hidden, onHide } = props;
  const t = useText();
  const shown = pods.filter(pod => !hidden.has(pod));
  return (
    <Select
      size="small"
      searchable
      selectionMode="multiple"
      aria-label={t('logs.legend')}
      placeholder={t('logs.legendChoose', {
        n: String(shown.length),
        all: String(pods.length),
      })}
      options={pods.map(pod => ({ id: pod, label: pod }))}
      value={shown}
      onChange={chosen => {
        const kept = new Set(Array.isArray(chosen) ? chosen.map(String) : []);
        onHide(new Set(pods.filter(pod => !kept.has(pod))));
      }}
    />
  );
}
