// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Menu,
  MenuItem,
  MenuTrigger,
  Tooltip,
  TooltipTrigger,
} from '@backstage/ui';
import {
  RiCollapseVerticalLine,
  RiTextWrap,
  RiTimeLine,
} from '@remixicon/react';
import { memo } from 'react';
import { TIME_FORMATS } from '../times/TimeFormat';
import { useText } from '../useText';
import { OptionToggle } from './OptionToggle';
import { classes } from './styles';
import type { LogTaste } from './useLogTaste';

/** Props of the choice of how lines are written. */
export type TasteFieldsProps = {
  readonly taste: LogTaste;
  readonly onTaste: (change: Partial<LogTaste>) => void;
};

function Fields(props: TasteFieldsProps) {
  const { taste, onTaste } = props;
  const t = useText();
  return (
    <>
      <OptionToggle
        label={t('logs.wrap')}
        icon={<RiTextWrap />}
        isOn={taste.wrap}
        onChange={wrap => onTaste({ wrap })}
      />
      <OptionToggle
        label={t('logs.fold')}
        icon={<RiCollapseVerticalLine />}
        isOn={taste.fold}
        onChange={fold => onTaste({ fold })}
      />
      <ZoneMenu {...props} />
    </>
  );
}

function ZoneMenu({ taste, onTaste }: TasteFieldsProps) {
  const t = useText();
  const name = t('logs.zoneNow', { format: t(`logs.${taste.zone}`) });
  return (
    <MenuTrigger>
      <TooltipTrigger>
        <Button
          size="small"
          variant="tertiary"
          className={classes.optionButton}
          aria-label={name}
          iconStart={<RiTimeLine />}
        >
          {t(`logs.${taste.zone}`)}
        </Button>
        <Tooltip>{name}</Tooltip>
      </TooltipTrigger>
      <Menu
        aria-label={t('logs.zone')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[taste.zone]}
        onSelectionChange={keys => {
          const zone = TIME_FORMATS.find(
            format => keys !== 'all' && keys.has(format),
          );
          if (zone) onTaste({ zone });
        }}
      >
        {TIME_FORMATS.map(format => (
          <MenuItem key={format} id={format}>
            {t(`logs.${format}`)}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

/** Chooses how lines are written. Totals are written anew four times a second: not these fields. */
export const TasteFields = memo(Fields);
