// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { RiCloseCircleFill } from '@remixicon/react';
import { useMemo, useState, type MouseEvent } from 'react';
import { formatNumber } from '../formatting/quantity';
import { useText } from '../useText';
import { useFolding } from './legend/useFolding';
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
  const { log, hidden, onHide } = props;
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
  return <PodToggles all={all} onToggle={toggle} {...props} />;
}

function PodToggles(
  props: LogLegendProps & {
    readonly all: readonly PodSeries[];
    readonly onToggle: (pod: string, event: MouseEvent) => void;
  },
) {
  const { log, hidden, ends, all } = props;
  const t = useText();
  const pods = all.map(series => series.pod);
  const lines = pods.map(pod => linesOf(log, pod));
  const [isOpen, setOpen] = useState(false);
  const { list, count } = useFolding(
    all.map(({ pod }, i) => `${pod} ${String(lines[i]).length}`).join(),
  );
  const rest = pods.slice(count);
  return (
    <ul
      ref={list}
      aria-label={t('logs.legend')}
      className={classes.legendList}
      data-open={isOpen && rest.length > 0}
    >
      <li className={classes.muted}>{commonPrefix(pods)}</li>
      {all.map((series, i) => (
        <li
          key={series.pod}
          data-item={series.pod}
          hidden={!isOpen && i >= count}
        >
          <PodToggle
            series={series}
            lines={lines[i]}
            shown={!hidden.has(series.pod)}
            end={ends.get(series.pod)}
            onToggle={event => props.onToggle(series.pod, event)}
          />
        </li>
      ))}
      {rest.length > 0 && (
        <li data-role="more">
          <button
            type="button"
            className={classes.legendMore}
            aria-expanded={isOpen}
            title={rest.join(', ')}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen
              ? t('logs.fewerPods')
              : t('logs.morePods', { count: rest.length })}
            {!isOpen && rest.some(pod => ends.get(pod)?.bad) && (
              <RiCloseCircleFill
                size={12}
                className={classes.bad}
                aria-label={t('logs.crashed')}
              />
            )}
          </button>
        </li>
      )}
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
