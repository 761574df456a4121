// SPDX-License-Identifier: Apache-2.0
import { RiLockLine } from '@remixicon/react';
import { OwnerLink } from '../components/OwnerLink';
import { classes } from '../styles';
import { useText } from '../useText';
import type { Explained } from './useAllowedActions';

/** A control that is closed to the user, and why. */
export type Closed<Id extends string = string> = {
  readonly id: Id;
  readonly name: string;
  readonly why: Explained;
};

/** Says of disabled controls, which take no focus themselves, why they are and who can change that. */
export function WhyNot({ closed }: { readonly closed: readonly Closed[] }) {
  const t = useText();
  if (closed.length === 0) return null;
  const names = closed.map(({ name }) => name).join(', ');
  return (
    <details className={classes.whyNot}>
      <summary>
        <RiLockLine size={14} aria-hidden /> {t('access.closed', { names })}
      </summary>
      <ul>
        {closed.map(({ id, name, why }) => (
          <li key={id}>
            <strong>{name}</strong>{' '}
            {t('access.needs', { permission: why.missing ?? id })}{' '}
            <Grantor grantedBy={why.grantedBy} />{' '}
            <span className={classes.muted}>{why.rule}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Grantor({ grantedBy }: Pick<Explained, 'grantedBy'>) {
  const t = useText();
  if (grantedBy === undefined) return <>{t('access.administrators')}</>;
  return <>{t('access.grants', { who: <OwnerLink owner={grantedBy} /> })}</>;
}
