// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { memo } from 'react';
import { clockTime } from '../formatting/clockTime';
import type { QueryChange } from '../navigation';
import { classes } from '../styles';
import { useText, type Translate } from '../useText';
import { LEVEL_CHOICES } from './levelBits';

/** Props of the fields that narrow the lines down. */
export type FilterFieldProps = {
  readonly query: URLSearchParams;
  readonly onChange: (change: QueryChange) => void;
};

const ALL = 'all';

function levelName(t: Translate, id: string): string {
  if (id === 'error') return t('logs.onlyLevel', { level: t('logs.error') });
  const level = id === 'warn' ? t('logs.warn') : t('logs.info');
  return t('logs.levelsFrom', { level });
}

function Level({ query, onChange }: FilterFieldProps) {
  const t = useText();
  return (
    <div className={classes.choice}>
      <Select
        size="small"
        aria-label={t('logs.levels')}
        options={[
          { id: ALL, label: t('logs.allLevels') },
          ...LEVEL_CHOICES.map(id => ({ id, label: levelName(t, id) })),
        ]}
        value={query.get('level') ?? ALL}
        onChange={chosen =>
          onChange({ level: chosen === ALL ? undefined : String(chosen) })
        }
      />
    </div>
  );
}

/** Chooses how loud a line must be. */
export const LevelField = memo(Level);

const OWN = 'own';
const PREVIOUS = 'previous';

function ownRange(t: Translate, query: URLSearchParams): string | undefined {
  const from = query.get('from');
  if (!from) return undefined;
  const to = query.get('to');
  const start = clockTime(Date.parse(from));
  return to
    ? t('logs.rangeOwn', { from: start, to: clockTime(Date.parse(to)) })
    : t('logs.rangeFrom', { from: start });
}

function spansOf(t: Translate) {
  return [
    { id: '900', label: t('logs.range15m') },
    { id: '3600', label: t('logs.range1h') },
    { id: '21600', label: t('logs.range6h') },
    { id: '86400', label: t('logs.range24h') },
  ];
}

/** A run that crashed may be narrowed down by time as well: both are said. */
function previousText(t: Translate, query: URLSearchParams): string {
  const since = query.get('since');
  const range =
    ownRange(t, query) ?? spansOf(t).find(({ id }) => id === since)?.label;
  return range === undefined || query.get('previous') !== '1'
    ? t('logs.previous')
    : t('logs.previousRange', { range });
}

function chosenOf(query: URLSearchParams): string {
  if (query.get('previous') === '1') return PREVIOUS;
  return query.get('from') ? OWN : query.get('since') ?? ALL;
}

const NO_RANGE = {
  since: undefined,
  from: undefined,
  to: undefined,
  line: undefined,
  previous: undefined,
};

function Range({ query, onChange }: FilterFieldProps) {
  const t = useText();
  const own = ownRange(t, query);
  const value = chosenOf(query);
  const options = [
    { id: ALL, label: t('logs.rangeTail') },
    ...spansOf(t),
    ...(own ? [{ id: OWN, label: own }] : []),
    { id: PREVIOUS, label: previousText(t, query) },
  ];
  return (
    <div
      className={classes.choice}
      title={options.find(({ id }) => id === value)?.label}
    >
      <Select
        size="small"
        aria-label={t('logs.range')}
        options={options}
        value={value}
        onChange={chosen => {
          if (chosen === OWN) onChange({ previous: undefined });
          else if (chosen === PREVIOUS)
            onChange({ ...NO_RANGE, previous: '1' });
          else {
            const since = chosen === ALL ? undefined : String(chosen);
            onChange({ ...NO_RANGE, since });
          }
        }}
      />
    </div>
  );
}

/** Chooses how far back lines are read, or those of the run that crashed. */
export const RangeField = memo(Range);
