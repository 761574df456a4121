// SPDX-License-Identifier: Apache-2.0
import { Switch, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { memo } from 'react';
import { classes } from '../styles';
import { useText } from '../useText';
import { TIME_FORMATS, type LogTaste } from './useLogTaste';

function Fields(props: {
  readonly taste: LogTaste;
  readonly onTaste: (change: Partial<LogTaste>) => void;
}) {
  const { taste, onTaste } = props;
  const t = useText();
  return (
    <>
      <Switch
        label={t('logs.wrap')}
        isSelected={taste.wrap}
        onChange={wrap => onTaste({ wrap })}
      />
      <Switch
        label={t('logs.fold')}
        isSelected={taste.fold}
        onChange={fold => onTaste({ fold })}
      />
      <ToggleButtonGroup
        className={classes.toggles}
        aria-label={t('logs.zone')}
        disallowEmptySelection
        selectedKeys={[taste.zone]}
        onSelectionChange={keys => {
          const zone = TIME_FORMATS.find(format => keys.has(format));
          if (zone) onTaste({ zone });
        }}
      >
        {TIME_FORMATS.map(format => (
          <ToggleButton key={format} id={format} size="small">
            {t(`logs.${format}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </>
  );
}

/** Chooses how lines are written. Totals are written anew four times a second: not these fields. */
export const TasteFields = memo(Fields);
