// SPDX-License-Identifier: Apache-2.0
import { TextField } from '@backstage/ui';
import { useState } from 'react';
import { classes } from '../styles';

/** Props of {@link TypedField}. */
export type TypedFieldProps = {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Text that counts when it is finished, by Enter or by leaving the field: each letter would cost a search. */
export function TypedField(props: TypedFieldProps) {
  const { label, placeholder, value, onChange } = props;
  const [draft, setDraft] = useState({ of: value, text: value });
  // Going back changes the value from outside; then it wins over what was typed.
  if (draft.of !== value) setDraft({ of: value, text: value });
  const finish = () => {
    if (draft.text.trim() !== value) onChange(draft.text.trim());
  };
  return (
    <div className={classes.searchBox}>
      <TextField
        size="small"
        aria-label={label}
        placeholder={placeholder}
        value={draft.text}
        onChange={text => setDraft({ of: value, text })}
        onBlur={finish}
        onKeyDown={event => {
          if (event.key === 'Enter') finish();
        }}
      />
    </div>
  );
}
