// SPDX-License-Identifier: Apache-2.0
import {
  ButtonIcon,
  Switch,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import {
  RiFullscreenExitLine,
  RiFullscreenLine,
  RiKeyboardLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import classes from '../tenantry.module.css';
import { useText } from '../useText';
import { TIME_FORMATS, type LogTaste } from './useLogTaste';

/** How lines are shown. */
export function LogViewOptions(props: {
  readonly taste: LogTaste;
  readonly onTaste: (change: Partial<LogTaste>) => void;
  readonly fullScreen: boolean;
  readonly onFullScreen: () => void;
  readonly onKeys: () => void;
  readonly children: ReactNode;
}) {
  const { taste, onTaste, fullScreen } = props;
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
      {props.children}
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={t('logs.keys')}
        icon={<RiKeyboardLine />}
        onPress={props.onKeys}
      />
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={
          fullScreen ? t('logs.leaveFullScreen') : t('logs.fullScreen')
        }
        icon={fullScreen ? <RiFullscreenExitLine /> : <RiFullscreenLine />}
        onPress={props.onFullScreen}
      />
    </>
  );
}
