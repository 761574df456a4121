// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES_BY_URGENCY,
  type HealthCode,
  type HealthCounts,
} from '@tenantry/backstage-plugin-tenants-common';
import { healthWord } from '../../components/HealthMark';
import { HealthShape } from '../../components/HealthShape';
import { classes } from '../../styles';
import { useText } from '../../useText';

/** Props of {@link HealthFilter}. */
export type HealthFilterProps = {
  /** Absent while nothing is known. */
  readonly counts: HealthCounts | undefined;
  readonly total: number;
  readonly selected: readonly HealthCode[];
  readonly onChange: (codes: readonly HealthCode[]) => void;
};

function toggled(
  selected: readonly HealthCode[],
  code: HealthCode,
  several: boolean,
): readonly HealthCode[] {
  if (selected.includes(code)) return selected.filter(c => c !== code);
  return several ? [...selected, code] : [code];
}

/** The strip of counts that filters by health. Shift adds to the choice. Positions never move. */
export function HealthFilter(props: HealthFilterProps) {
  const { counts, total, selected, onChange } = props;
  const t = useText();
  return (
    <div
      role="group"
      aria-label={t('list.filterByHealth')}
      className={classes.strip}
    >
      <button
        type="button"
        className={classes.stripItem}
        aria-pressed={selected.length === 0}
        onClick={() => onChange([])}
      >
        <span className={classes.stripCount}>{counts ? total : '–'}</span>{' '}
        {t('list.all')}
      </button>
      {HEALTH_CODES_BY_URGENCY.map(code => {
        const count = counts ? counts[code] ?? 0 : undefined;
        return (
          <button
            key={code}
            type="button"
            className={classes.stripItem}
            data-empty={count === 0}
            data-health={code}
            aria-pressed={selected.includes(code)}
            onClick={event => onChange(toggled(selected, code, event.shiftKey))}
          >
            <HealthShape code={code} />
            <span className={classes.stripCount}>{count ?? '–'}</span>{' '}
            {healthWord(t, code)}
          </button>
        );
      })}
    </div>
  );
}
