// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import type {
  ModuleDetail,
  ModuleInstance,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useState } from 'react';
import { HealthMark } from '../../components/HealthMark';
import { TextLink } from '../../components/TextLink';
import { formatNumber } from '../../formatting/quantity';
import { useLinks } from '../../navigation';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './module.module.css';
import { countByRelease, sortInstances } from './sortInstances';

const FIRST_ROWS = 12;
const MAX_ROWS = 500;
const SERIES = 6;

/** Which tenant runs which release, newest first, and how it is. */
export function InstancesCard(props: {
  readonly module: ModuleDetail;
  readonly instances: readonly ModuleInstance[];
}) {
  const { module, instances } = props;
  const t = useText();
  const [all, setAll] = useState(false);
  const sorted = useMemo(
    () =>
      sortInstances(
        module.releases.map(r => r.version),
        instances,
      ),
    [module, instances],
  );
  const rest = Math.min(sorted.length, MAX_ROWS) - FIRST_ROWS;
  return (
    <section className={classes.card} aria-label={t('module.who')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('module.who')}</h3>
        <span className={`${classes.small} ${classes.muted}`}>
          {t('module.whoText', { count: module.tenants })}
        </span>
      </div>
      {sorted.length === 0 ? (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('module.nobody')}
        </p>
      ) : (
        <>
          <Skew instances={sorted} />
          <table className={classes.table} aria-label={t('module.who')}>
            <colgroup>
              <col />
              <col style={{ width: 86 }} />
              <col style={{ width: 124 }} />
            </colgroup>
            <tbody>
              {sorted.slice(0, all ? MAX_ROWS : FIRST_ROWS).map(instance => (
                <InstanceRow
                  key={`${instance.cluster}/${instance.tenant}/${instance.environment}`}
                  instance={instance}
                />
              ))}
            </tbody>
          </table>
          {!all && rest > 0 && (
            <div className={classes.cardBody}>
              <Button
                size="small"
                variant="tertiary"
                onPress={() => setAll(true)}
              >
                {t('module.more', { count: rest })}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function InstanceRow({ instance }: { readonly instance: ModuleInstance }) {
  const t = useText();
  const links = useLinks();
  const { tenant, environment, release, health, reason } = instance;
  return (
    <tr>
      <th scope="row">
        <div className={classes.ellipsis}>
          <TextLink href={links.tenant(tenant)}>{tenant}</TextLink>
        </div>{' '}
        <div
          className={`${classes.small} ${classes.muted} ${classes.ellipsis}`}
        >
          {environment}
        </div>
      </th>
      <td className={classes.mono}>{release ?? t('module.unknownRelease')}</td>
      <td title={instance.message || reason}>
        <HealthMark code={health} />
      </td>
    </tr>
  );
}

/** The share of each release as one bar, with the numbers in its legend. */
function Skew(props: { readonly instances: readonly ModuleInstance[] }) {
  const t = useText();
  const counts = countByRelease(props.instances);
  const name = (release: string | undefined) =>
    release ?? t('module.unknownRelease');
  const colour = (at: number) => ({
    background: `var(--tenantry-series-${(at % SERIES) + 1})`,
  });
  const list = counts
    .map(([release, n]) =>
      t('module.releaseCount', {
        release: name(release),
        n: formatNumber(n),
      }),
    )
    .join(', ');
  return (
    <div className={classes.cardBody}>
      <div
        className={styles.skew}
        role="img"
        aria-label={t('module.skew', { list })}
      >
        {counts.map(([release, n], at) => (
          <span key={name(release)} style={{ flexGrow: n, ...colour(at) }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {counts.map(([release, n], at) => (
          <li key={name(release)}>
            <span className={styles.swatch} style={colour(at)} aria-hidden />
            {name(release)} <strong>{formatNumber(n)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
