// SPDX-License-Identifier: Apache-2.0
import { Select } from '@backstage/ui';
import { classes } from '../styles';

const ANY = '';

/** Props of {@link ChoiceField}. */
export type ChoiceFieldProps = {
  readonly label: string;
  readonly anyLabel: string;
  /** Whether choices stand without the label, where room is short. */
  readonly bare?: boolean;
  readonly value: string | undefined;
  readonly options: readonly string[];
  /** What an option is called; left out, by its own name. */
  readonly nameOf?: (option: string) => string;
  readonly onChange: (value: string | undefined) => void;
};

/** Chooses one of a few names, or any. A value from the address that is not among them is kept and shown. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { label, anyLabel, bare, value, options, onChange } = props;
  const nameOf = props.nameOf ?? (name => name);
  const textOf = (choice: string) => (bare ? choice : `${label}: ${choice}`);
  const names =
    value === undefined || options.includes(value)
      ? options
      : [...options, value];
  return (
    <div
      className={classes.choice}
      title={bare && value !== undefined ? nameOf(value) : undefined}
    >
      <Select
        size="small"
        aria-label={label}
        options={[
          { id: ANY, label: textOf(anyLabel) },
          ...names.map(name => ({ id: name, label: textOf(nameOf(name)) })),
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
