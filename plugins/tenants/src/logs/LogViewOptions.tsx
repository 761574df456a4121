// SPDX-License-Identifier: Apache-2.0
import { ButtonIcon } from '@backstage/ui';
import {
  RiFullscreenExitLine,
  RiFullscreenLine,
  RiKeyboardLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import { useText } from '../useText';
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
    <>
      <TasteFields taste={taste} onTaste={onTaste} />
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
