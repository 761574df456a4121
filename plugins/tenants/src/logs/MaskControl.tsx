// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { useText } from '../useText';
import { classes } from './styles';
import type { Unmasking } from './useUnmasked';

/** Shows secrets to those with the right, after saying that it is recorded. Nothing for everybody else. */
export function MaskControl({ unmasking }: { readonly unmasking: Unmasking }) {
  const { isAllowed, isOn, set } = unmasking;
  const t = useText();
  const [asking, setAsking] = useState(false);
  if (!isAllowed) return null;
  if (isOn) {
    return (
      <span className={classes.unmasked} role="status">
        {t('logs.unmasked')}{' '}
        <button type="button" onClick={() => set(false)}>
          {t('logs.maskAgain')}
        </button>
      </span>
    );
  }
  if (!asking) {
    return (
      <button type="button" onClick={() => setAsking(true)}>
        {t('logs.showUnmasked')}
      </button>
    );
  }
  const decide = (on: boolean) => {
    setAsking(false);
    if (on) set(true);
  };
  return (
    <span role="alert">
      {t('logs.unmaskedNote')}{' '}
      <button type="button" onClick={() => decide(true)}>
        {t('logs.unmaskNow')}
      </button>{' '}
      <button type="button" onClick={() => decide(false)}>
        {t('logs.cancel')}
      </button>
    </span>
  );
}
