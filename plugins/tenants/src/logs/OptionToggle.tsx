// SPDX-License-Identifier: Apache-2.0
import { ToggleButton, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { ReactElement } from 'react';
import { classes } from './styles';

/** Switches something by an icon: its name is in the tooltip, that it is on in a line beneath. */
export function OptionToggle(props: {
  readonly label: string;
  readonly icon: ReactElement;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { label, icon, isOn, onChange } = props;
  return (
    <TooltipTrigger>
      <ToggleButton
        size="small"
        className={classes.optionToggle}
        aria-label={label}
        iconStart={icon}
        isSelected={isOn}
        onChange={onChange}
      />
      <Tooltip>{label}</Tooltip>
    </TooltipTrigger>
  );
}
