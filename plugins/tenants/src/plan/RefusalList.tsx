// SPDX-License-Identifier: Apache-2.0
import { BgProvider, Button } from '@backstage/ui';
import type {
  PlanFix,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import { useState } from 'react';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './plan.module.css';
import type { FixChange, PlanViewProps } from './PlanView';
import { SecretField } from './SecretField';

/** What stands in the way: subject, why, how it came to that, and what would fix it. */
export function RefusalList(props: {
  readonly tenant: string;
  readonly refusals: readonly Refusal[];
  readonly onFix: PlanViewProps['onFix'];
  /** A secret that was missing is there now. */
  readonly onSecretSet: () => void;
}) {
  const { tenant, refusals, onFix, onSecretSet } = props;
  const t = useText();
  if (refusals.length === 0) return null;
  return (
    <ul className={styles.refusals} aria-label={t('plan.refusals')}>
      {refusals.map(refusal => (
        <li key={JSON.stringify(refusal)} data-rule={refusal.rule}>
          <h3>
            {refusal.subject}{' '}
            <span className={`${classes.small} ${classes.muted}`}>
              {refusal.environment}
            </span>
          </h3>
          <p>{refusal.message}</p>
          {refusal.chain.length > 1 && (
            <p className={`${classes.small} ${classes.muted}`}>
              {t('plan.ledThere', { chain: refusal.chain.join(' → ') })}
            </p>
          )}
          <Fixes
            tenant={tenant}
            fixes={refusal.fixes}
            onFix={onFix}
            onSecretSet={onSecretSet}
          />
        </li>
      ))}
    </ul>
  );
}

type SecretFix = Extract<FixChange, { type: 'set-secret' }>;

function Fixes(props: {
  readonly tenant: string;
  readonly fixes: readonly PlanFix[];
  readonly onFix: PlanViewProps['onFix'];
  readonly onSecretSet: () => void;
}) {
  const { tenant, fixes, onFix, onSecretSet } = props;
  const [secret, setSecret] = useState<SecretFix>();
  if (fixes.length === 0) return null;
  // A secret can be set from anywhere; other changes need somebody who holds what is asked for.
  const pressOf = (change: FixChange | undefined) => {
    if (change?.type === 'set-secret') return () => setSecret(change);
    return change && onFix ? () => onFix(change) : undefined;
  };
  return (
    // In a preview as in a template it stands on a card: on the page's own ground the buttons of a dark one are not to be seen.
    <BgProvider bg="neutral-1">
      <ul className={styles.fixes}>
        {fixes.map(fix => (
          <li key={fix.label}>
            <Fix fix={fix} onPress={pressOf(fix.change)} />
          </li>
        ))}
      </ul>
      {secret && (
        <SecretField
          tenant={tenant}
          environment={secret.environment}
          secret={secret.secret}
          onSet={() => {
            setSecret(undefined);
            onFix?.(secret);
            onSecretSet();
          }}
        />
      )}
    </BgProvider>
  );
}

function Fix(props: {
  readonly fix: PlanFix;
  readonly onPress: (() => void) | undefined;
}) {
  const { fix, onPress } = props;
  const { label, effect } = fix;
  if (!onPress) {
    return (
      <span className={classes.small}>
        {label} <span className={classes.muted}>{effect}</span>
      </span>
    );
  }
  return (
    <>
      <Button size="small" variant="secondary" onPress={onPress}>
        {label}
      </Button>
      <span className={`${classes.small} ${classes.muted}`}>{effect}</span>
    </>
  );
}
