// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { classes } from '../styles';

const ANY = '';

/** Props of {@link ChoiceField}. */
export type ChoiceFieldProps = {
  readonly label: string;
  readonly anyLabel: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  /** What an option is called; left out, by its own name. */
  readonly nameOf?: (option: string) => string;
  readonly onChange: (value: string | undefined) => void;
};

/** Chooses one of a few names, or any. A value from the address that is not among them is kept and shown. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { label, anyLabel, value, options, onChange } = props;
  const nameOf = props.nameOf ?? (name => name);
  const names =
    value === undefined || options.includes(value)
      ? options
      : [...options, value];
  return (
    <div className={classes.choice}>
      <Select
        size="small"
        aria-label={label}
        options={[
          { id: ANY, label: `${label}: ${anyLabel}` },
          ...names.map(name => ({
            id: name,
            label: `${label}: ${nameOf(name)}`,
          })),
        ]}
        value={value ?? ANY}
        onChange={chosen => {
          const text = String(chosen ?? ANY);
          onChange(text === ANY ? undefined : text);
        }}
      />
    </div>
  );
}
