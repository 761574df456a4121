// SPDX-License-Identifier: Apache-2.0
import { classes } from '../styles';

const MINUTES = 'YYYY-MM-DDTHH:mm'.length;

/** Props of {@link TimeField}. */
export type TimeFieldProps = {
  readonly label: string;
  /** ISO time in UTC; `undefined` when none is set. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
};

/** Chooses a moment, to the minute and in UTC whatever the browser's own zone is: the label says so. */
export function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <label className={classes.timeField}>
      {label}
      <input
        type="datetime-local"
        value={value?.slice(0, MINUTES) ?? ''}
        onChange={({ target }) => {
          const at = Date.parse(`${target.value}Z`);
          onChange(Number.isNaN(at) ? undefined : new Date(at).toISOString());
        }}
      />
    </label>
  );
}
