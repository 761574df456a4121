// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, PasswordField } from '@backstage/ui';
import { useState } from 'react';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import type { Problem } from '../live/Live';
import { problemOf } from '../live/problemOf';
import { useText } from '../useText';
import styles from './plan.module.css';

/** Sets a secret that a module needs. Its value is forgotten here as soon as it is sent. */
export function SecretField(props: {
  readonly tenant: string;
  readonly environment: string;
  readonly secret: string;
  readonly onSet: () => void;
}) {
  const { tenant, environment, secret, onSet } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    setProblem(undefined);
    try {
      const input = { environment, value };
      setValue('');
      await api.operations.setSecret(tenant, secret, input);
      onSet();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <div className={styles.secret}>
      <PasswordField
        size="small"
        label={t('plan.secretValue', { name: secret })}
        description={t('plan.secretText')}
        value={value}
        onChange={setValue}
        autoComplete="off"
      />
      <Button
        size="small"
        variant="secondary"
        isDisabled={value === ''}
        isPending={isSending}
        onPress={send}
      >
        {t('plan.secretSet')}
      </Button>
      {problem && (
        <p role="alert">
          {t('plan.secretFailed')} {problemText(t, problem)}
        </p>
      )}
    </div>
  );
}
