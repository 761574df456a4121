// SPDX-License-Identifier: Apache-2.0
import { Button, DialogTrigger, Popover } from '@backstage/ui';
import { ClusterFreshness } from '../../components/Freshness';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './tenants.module.css';
import type { TenantItem } from './tenantItems';

/** Longer text does not fit the column where the window is narrow. */
const FITS = 22;

/** Where a tenant is, on one line: the first environment, and a button that shows all of them in full. */
export function EnvironmentsLine({ row }: { readonly row: TenantItem }) {
  const t = useText();
  const [first, ...others] = row.environments;
  if (!first) return null;
  const text = `${first.name} ${first.cluster}`;
  const isCut = others.length > 0 || text.length > FITS;
  const label = t('list.environmentsOf', { name: row.name });
  return (
    <span className={`${classes.row} ${classes.small} ${classes.muted}`}>
      {row.old && <ClusterFreshness {...row.old} />}
      <span className={classes.ellipsis} title={text}>
        {text}
      </span>
      {isCut && (
        <DialogTrigger>
          <Button
            size="small"
            variant="tertiary"
            className={styles.more}
            aria-label={label}
          >
            {others.length > 0 ? `+${others.length}` : '…'}
          </Button>
          <Popover aria-label={label} placement="bottom start">
            <ul className={styles.environments}>
              {row.environments.map(({ name, cluster, freshness }) => (
                <li key={`${cluster}/${name}`}>
                  {t('tenant.environmentOn', { environment: name, cluster })}{' '}
                  <ClusterFreshness freshness={freshness} />
                </li>
              ))}
            </ul>
          </Popover>
        </DialogTrigger>
      )}
    </span>
  );
}
