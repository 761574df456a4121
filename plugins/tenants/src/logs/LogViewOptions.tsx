// SPDX-License-Identifier: Apache-2.0
import {
  RiFullscreenExitLine,
  RiFullscreenLine,
  RiKeyboardLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import { useText } from '../useText';
import { OptionButton } from './OptionButton';
import { classes } from './styles';
import { TasteFields } from './TasteFields';
import type { LogTaste } from './useLogTaste';

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
    <div className={classes.options}>
      <TasteFields taste={taste} onTaste={onTaste} />
      {props.children}
      <OptionButton
        label={t('logs.keys')}
        icon={<RiKeyboardLine />}
        onPress={props.onKeys}
      />
      <OptionButton
        label={fullScreen ? t('logs.leaveFullScreen') : t('logs.fullScreen')}
        icon={fullScreen ? <RiFullscreenExitLine /> : <RiFullscreenLine />}
        onPress={props.onFullScreen}
      />
    </div>
  );
}
