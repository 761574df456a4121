// SPDX-License-Identifier: Apache-2.0
import { Badge, BgProvider } from '@backstage/ui';
import type {
  ModuleDetail,
  ModuleInstance,
  Release,
} from '@tenantry/backstage-plugin-tenants-common';
import { formatDate } from '../../formatting/duration';
import { formatNumber } from '../../formatting/quantity';
import {
  changedDefaults,
  type ParameterChange,
} from '../../parameters/parameterDefaults';
import { TableCard } from '../../components/TableCard';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import styles from './module.module.css';

/** The releases of a module: which is the default, which ends, what each needs, who runs it, what it changes. */
export function ReleasesCard(props: {
  readonly module: ModuleDetail;
  /** Absent when it could not be read. */
  readonly instances: readonly ModuleInstance[] | undefined;
}) {
  const { module, instances } = props;
  const t = useText();
  return (
    <TableCard label={t('module.releasesTitle')} fits>
      <div className={classes.cardHead}>
        <h3>{t('module.releasesTitle')}</h3>
      </div>
      <table
        className={`${classes.table} ${styles.releases}`}
        aria-label={t('module.releasesTitle')}
      >
        <colgroup>
          <col />
          <col className={classes.hideNarrow} />
          <col />
          <col />
          <col className={classes.hideNarrow} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('module.release')}</th>
            <th scope="col" className={classes.hideNarrow}>
              {t('module.kubernetes')}
            </th>
            <th scope="col">{t('module.requires')}</th>
            <th scope="col" className={classes.right}>
              {t('module.environmentsColumn')}
            </th>
            <th scope="col" className={classes.hideNarrow}>
              {t('module.changes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {module.releases.map((release, at) => (
            <ReleaseRow
              key={release.version}
              release={release}
              older={module.releases.at(at + 1)}
              isDefault={at === 0}
              running={instances?.filter(i => i.release === release.version)}
            />
          ))}
        </tbody>
      </table>
    </TableCard>
  );
}

function needsText(t: Translate, release: Release): string {
  const needs = release.dependencies.map(({ name, range }) =>
    range === '*' ? name : `${name} ${range}`,
  );
  return needs.length > 0 ? needs.join(', ') : t('module.nothing');
}

function ReleaseRow(props: {
  readonly release: Release;
  readonly older: Release | undefined;
  readonly isDefault: boolean;
  readonly running: readonly ModuleInstance[] | undefined;
}) {
  const { release, older, isDefault, running } = props;
  const { version, deprecated } = release;
  const t = useText();
  const changes =
    older && changedDefaults(older.parameters, release.parameters);
  return (
    <tr>
      <th scope="row">
        <strong>{version}</strong>{' '}
        {isDefault && (
          <BgProvider bg="neutral-1">
            <Badge size="small">{t('module.isDefault')}</Badge>
          </BgProvider>
        )}
        {deprecated && (
          <span className={styles.ends} title={deprecated.message}>
            {deprecated.endsAt
              ? t('module.ends', {
                  date: formatDate(Date.parse(deprecated.endsAt), 'UTC'),
                })
              : t('modules.deprecated')}
          </span>
        )}
      </th>
      <td className={classes.hideNarrow}>
        {release.kubernetes ?? t('module.anyVersion')}
      </td>
      <td className={classes.anywhere}>{needsText(t, release)}</td>
      <td className={classes.right}>
        {running ? formatNumber(running.length) : t('time.notKnown')}
      </td>
      <td className={classes.hideNarrow}>
        {changes ? <Changes changes={changes} /> : t('module.firstRelease')}
      </td>
    </tr>
  );
}

function Changes(props: { readonly changes: readonly ParameterChange[] }) {
  const { changes } = props;
  const t = useText();
  if (changes.length === 0) {
    return <span className={classes.muted}>{t('module.noValues')}</span>;
  }
  const value = (text: string | undefined) => {
    if (text === undefined) return t('module.notThere');
    return text === '' ? t('module.noDefault') : text;
  };
  return (
    <details>
      <summary>{t('module.values', { count: changes.length })}</summary>
      <ul className={styles.values}>
        {changes.map(({ path, from, to }) => (
          <li key={path}>
            {t('module.valueChange', {
              path,
              from: value(from),
              to: value(to),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
