// SPDX-License-Identifier: Apache-2.0
import { isFinalState } from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../components/Age';
import { HealthShape } from '../../components/HealthShape';
import { stateShape, stateWord } from '../../operations/operationWords';
import { classes } from '../../styles';
import { useText } from '../../useText';
import type { TenantItem } from './tenantItems';

/** What was done last; a mark only where it runs or went wrong. */
export function LastOperation({ row }: { readonly row: TenantItem }) {
  const t = useText();
  const { last } = row;
  if (!last) {
    return (
      <span
        className={`${classes.small} ${classes.muted}`}
        title={t('last.noneWhy')}
      >
        {t('last.none')}
      </span>
    );
  }
  const { state, title, createdAt, endedAt } = last;
  const isQuiet = state === 'succeeded';
  const age = <Age since={endedAt ?? createdAt} />;
  return (
    <>
      <span className={classes.row} title={title}>
        {!isQuiet && <HealthShape code={stateShape(state)} />}
        <span className={`${classes.ellipsis} ${classes.small}`}>{title}</span>
      </span>
      <span
        className={`${classes.small} ${classes.muted} ${classes.ellipsis} ${classes.cell}`}
      >
        {isQuiet && age}
        {!isQuiet && isFinalState(state) && (
          <>{t('last.state', { state: stateWord(t, state), age })}</>
        )}
        {!isFinalState(state) && stateWord(t, state)}
      </span>
    </>
  );
}
