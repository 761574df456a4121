// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { TextLink } from '../../../components/TextLink';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import styles from './overview.module.css';

/** Addresses that are shown; each module’s first ones come first. */
const MAX_SHOWN = 12;

/** Every address once, the first of each module before the second of any. */
function endpointsOf({ environments }: Tenant) {
  const found = environments.flatMap(
    ({ name: environment, cluster, modules }) =>
      modules.flatMap(({ name: module, endpoints = [] }) =>
        endpoints.map(({ url }, rank) => ({
          rank,
          url,
          place: `${module} · ${environment} · ${cluster}`,
        })),
      ),
  );
  return found.sort((a, b) => a.rank - b.rank).slice(0, MAX_SHOWN);
}

/** The scheme is left out where it is the usual one; a tenant chose the rest, so it is shown whole. */
function shown(url: string): string {
  return url.replace(/^https:\/\//, '').replace(/\/$/, '');
}

/** Where its modules can be reached from outside. Nothing where none can. */
export function EndpointWays({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const endpoints = endpointsOf(tenant);
  if (endpoints.length === 0) return null;
  return (
    <>
      <dt>{t('ways.endpoints')}</dt>
      <dd>
        <ul className={styles.lines}>
          {endpoints.map(({ url, place }) => (
            <li key={`${place} ${url}`} className={classes.anywhere}>
              <TextLink href={url} target="_blank" rel="noopener noreferrer">
                {shown(url)}
              </TextLink>
              <div className={`${classes.small} ${classes.muted}`}>{place}</div>
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
