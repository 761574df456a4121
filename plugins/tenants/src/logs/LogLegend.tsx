// SPDX-License-Identifier: Apache-2.0
import { Switch, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, type CSSProperties } from 'react';
import classes from '../tenantry.module.css';
import { useText } from '../useText';
import { commonPrefix, podSeries, type PodSeries } from './podSeries';
import type { LogTaste } from './useLogTaste';

function seriesStyle(series: PodSeries): CSSProperties {
  const style: Record<`--${string}`, string> = { '--series': series.colour };
  return style;
}

/** Which pod has which colour, and how lines are shown. */
export function LogLegend(props: {
  readonly sources: readonly LogSource[];
  readonly taste: LogTaste;
  readonly onTaste: (taste: LogTaste) => void;
}) {
  const { sources, taste, onTaste } = props;
  const t = useText();
  const all = useMemo(() => [...podSeries(sources).values()], [sources]);
  return (
    <div className={classes.legend}>
      <ul
        aria-label={t('logs.legend')}
        className={`${classes.row} ${classes.wrap}`}
        style={{ listStyle: 'none', margin: 0, padding: 0 }}
      >
        <li className={classes.muted}>
          {commonPrefix(all.map(series => series.pod))}
        </li>
        {all.map(series => (
          <li
            key={series.pod}
            className={classes.legendItem}
            style={seriesStyle(series)}
            title={series.pod}
          >
            <span className={classes.swatch} aria-hidden />
            {series.label}
          </li>
        ))}
      </ul>
      <span className={classes.grow} />
      <Switch
        label={t('logs.wrap')}
        isSelected={taste.wrap}
        onChange={wrap => onTaste({ ...taste, wrap })}
      />
      <ToggleButtonGroup
        className={classes.toggles}
        aria-label={t('logs.zone')}
        disallowEmptySelection
        selectedKeys={[taste.zone]}
        onSelectionChange={keys =>
          onTaste({ ...taste, zone: keys.has('local') ? 'local' : 'utc' })
        }
      >
        <ToggleButton id="utc" size="small">
          {t('logs.utc')}
        </ToggleButton>
        <ToggleButton id="local" size="small">
          {t('logs.local')}
        </ToggleButton>
      </ToggleButtonGroup>
    </div>
  );
}
