// SPDX-License-Identifier: Apache-2.0
import {
  HEALTH_CODES_BY_URGENCY,
  type HealthCounts,
  type ModuleList,
  type ModuleSummary,
} from '@tenantry/backstage-plugin-tenants-common';
import { HealthMark } from '../../components/HealthMark';
import { TextLink } from '../../components/TextLink';
import { useLinks } from '../../navigation';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText } from '../../useText';
import styles from './platform.module.css';

/** Modules that are shown, most used first; the catalogue has all. */
const SHOWN = 10;

/** Who runs what, and how many still run an old release. */
export function AdoptionCard(props: {
  readonly modules: ModuleList;
  /** Of all tenants. */
  readonly total: number;
}) {
  const { modules, total } = props;
  const t = useText();
  const links = useLinks();
  const shown = [...modules.items]
    .sort((a, b) => b.tenants - a.tenants || a.name.localeCompare(b.name))
    .slice(0, SHOWN);
  return (
    <TableCard label={t('adoption.title')}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{t('adoption.title')}</h3>
        <TextLink href={links.modules}>{t('adoption.more')}</TextLink>
      </div>
      {shown.length === 0 ? (
        <p className={`${classes.cardBody} ${classes.muted}`}>
          {t('adoption.empty')}
        </p>
      ) : (
        <table className={classes.table} aria-label={t('adoption.title')}>
          <thead>
            <tr>
              <th scope="col">{t('adoption.module')}</th>
              <th scope="col">{t('adoption.tenants')}</th>
              <th scope="col">{t('adoption.release')}</th>
              <th scope="col" className={classes.right}>
                {t('adoption.behind')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(module => (
              <ModuleRow key={module.name} module={module} total={total} />
            ))}
          </tbody>
        </table>
      )}
    </TableCard>
  );
}

function worstOf(counts: HealthCounts) {
  const worst = HEALTH_CODES_BY_URGENCY.find(code => (counts[code] ?? 0) > 0);
  return worst === 'Healthy' || worst === 'Suspended' ? undefined : worst;
}

function ModuleRow(props: {
  readonly module: ModuleSummary;
  readonly total: number;
}) {
  const { module, total } = props;
  const { name, displayName, tenants, behind, defaultRelease, health } = module;
  const t = useText();
  const links = useLinks();
  const share = total > 0 ? Math.min(1, tenants / total) : 0;
  const worst = worstOf(health);
  return (
    <tr>
      <th scope="row">
        <span className={classes.row}>
          <TextLink href={links.module(name)}>{displayName}</TextLink>
          {worst && <HealthMark code={worst} iconOnly />}
        </span>
      </th>
      <td>
        <span
          className={styles.adoption}
          role="img"
          aria-label={t('adoption.share', {
            n: String(tenants),
            all: String(total),
            module: displayName,
          })}
        >
          <span className={classes.track} style={{ width: '100%' }}>
            <span
              className={classes.fillBar}
              style={{ width: `${share * 100}%` }}
            />
          </span>
          <span>{tenants}</span>
        </span>
      </td>
      <td>{defaultRelease}</td>
      <td className={`${classes.right} ${behind > 0 ? classes.bold : ''}`}>
        {behind > 0 ? (
          <TextLink href={links.module(name, 'releases')}>{behind}</TextLink>
        ) : (
          <span className={classes.muted}>{t('adoption.behindNone')}</span>
        )}
      </td>
    </tr>
  );
}
