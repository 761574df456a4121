// SPDX-License-Identifier: Apache-2.0
import type { Health } from '@tenantry/backstage-plugin-tenants-common';
import { classes } from '../styles';
import { Age } from './Age';
import { HealthMark } from './HealthMark';

/** A state with how long it lasts; that of what is well is nobody's question. */
export function HealthSince({
  health,
}: {
  readonly health: Pick<Health, 'code' | 'since'>;
}) {
  const { code, since } = health;
  return (
    <>
      <HealthMark code={code} />
      {since && code !== 'Healthy' && (
        <span className={`${classes.small} ${classes.muted}`}>
          <Age since={since} format="duration" />
        </span>
      )}
    </>
  );
}
