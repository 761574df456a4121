// SPDX-License-Identifier: Apache-2.0
import type { BaseSearchResultListItemProps } from '@backstage/plugin-search-react/alpha';
import { HealthMark } from '../components/HealthMark';
import { classes } from '../styles';
import { useText } from '../useText';
import { HitFrame } from './HitFrame';
import { tenantHitSchema } from './searchDocuments';

/** A tenant among the hits, with the health it had when it was indexed, and why. */
export function TenantHit({ result, icon }: BaseSearchResultListItemProps) {
  const t = useText();
  const { data: hit } = tenantHitSchema.safeParse(result);
  if (!hit) return null;
  const { title, location, health, reason } = hit;
  return (
    <HitFrame
      title={title}
      href={location}
      kind={t('found.tenant')}
      icon={icon}
      mark={
        health && (
          <span className={classes.row} title={t('found.indexed')}>
            <HealthMark code={health} />
            {health !== 'Healthy' && (
              <span className={`${classes.small} ${classes.muted}`}>
                {reason}
              </span>
            )}
          </span>
        )
      }
      // Owner, tier and places are in its text.
      facts={[]}
      text={hit.text}
    />
  );
}
