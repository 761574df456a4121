// SPDX-License-Identifier: Apache-2.0
import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { ReactElement } from 'react';
import { classes } from './styles';

/** Does something by an icon, whose name is in the tooltip. */
export function OptionButton(props: {
  readonly label: string;
  readonly icon: ReactElement;
  /** Left out where the button opens a menu. */
  readonly onPress?: () => void;
}) {
  const { label, icon, onPress } = props;
  return (
    <TooltipTrigger>
      <ButtonIcon
        size="small"
        variant="tertiary"
        className={classes.optionButton}
        aria-label={label}
        icon={icon}
        onPress={onPress}
      />
      <Tooltip>{label}</Tooltip>
    </TooltipTrigger>
  );
}
