// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';
import { StateBlock } from '../components/StateBlock';
import { useText } from '../useText';
import { openLogTabs } from './tabs/openLogTabs';

/** The user has no stream left: another tab can give its own away. */
export function TooManyStreams(props: {
  /** What the portal said. */
  readonly message?: string;
  readonly onRetry: () => void;
}) {
  const { message, onRetry } = props;
  const t = useText();
  const tabs = openLogTabs();
  const left = useRef(new AbortController());
  const [state, setState] = useState<'idle' | 'asking' | 'none'>('idle');
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    return () => controller.abort();
  }, []);
  const takeOver = async () => {
    const { signal } = left.current;
    setState('asking');
    const taken = await tabs?.takeOver(signal);
    if (signal.aborted) return;
    if (taken) onRetry();
    else setState('none');
  };
  const text = state === 'none' ? t('logs.notTaken') : t('logs.limitText');
  return (
    <StateBlock
      kind="error"
      title={t('logs.limitTitle')}
      text={[message, text].filter(Boolean).join(' ')}
      actions={
        <>
          {tabs && (
            <Button
              variant="primary"
              isDisabled={state === 'asking'}
              onPress={() => void takeOver()}
            >
              {t('logs.takeOver')}
            </Button>
          )}
          <Button variant="secondary" onPress={onRetry}>
            {t('logs.tryAgain')}
          </Button>
        </>
      }
    />
  );
}
