// SPDX-License-Identifier: Apache-2.0
import { TextField } from '@backstage/ui';
import { classes } from '../styles';
import { useText } from '../useText';
import { useUserSuggestions } from './useUserSuggestions';

/** Suggestions shown at once: more letters narrow them down. */
const MAX_SHOWN = 6;

/** Names a user: what is typed counts, the catalogue suggests. */
export function UserField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const t = useText();
  const wanted = value.trim().toLocaleLowerCase('en-US');
  const suggestions = useUserSuggestions()
    .filter(ref => ref.includes(wanted) && ref !== wanted)
    .slice(0, MAX_SHOWN);
  return (
    <>
      <TextField
        label={t('viewAs.user')}
        placeholder={t('viewAs.userPlaceholder')}
        value={value}
        onChange={onChange}
        autoComplete="off"
        // The dialog has one field, and it is what the dialog is for.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      {suggestions.length > 0 && (
        <ul className={classes.suggestions} aria-label={t('viewAs.known')}>
          {suggestions.map(ref => (
            <li key={ref}>
              <button
                type="button"
                className={classes.suggestion}
                onClick={() => onChange(ref)}
              >
                {ref}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
