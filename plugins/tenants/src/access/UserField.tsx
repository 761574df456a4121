// SPDX-License-Identifier: Apache-2.0
import { Combobox } from '@backstage/ui';
import { useText } from '../useText';
import { useUserSuggestions } from './useUserSuggestions';

/** Names a user: what is typed counts, the catalogue suggests. */
export function UserField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const t = useText();
  const suggestions = useUserSuggestions();
  return (
    <Combobox
      label={t('viewAs.user')}
      placeholder={t('viewAs.userPlaceholder')}
      options={suggestions.map(ref => ({ id: ref, label: ref }))}
      allowsCustomValue
      search={{ inputValue: value, onInputChange: onChange }}
      onChange={chosen => {
        if (chosen) onChange(String(chosen));
      }}
    />
  );
}
