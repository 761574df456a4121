// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  ModuleDetail,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { TextLink } from '../../../components/TextLink';
import { useAnswer } from '../../../live/useAnswer';
import { useLinks } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import styles from './overview.module.css';

/** Modules whose links are shown; a tenant with more has them in the tab of its modules. */
const MAX_MODULES = 12;

/** The release of each module that runs, by name. */
function releasesOf(tenant: Tenant): ReadonlyMap<string, string | undefined> {
  return new Map(
    tenant.environments
      .flatMap(environment => environment.modules)
      .map(({ name, release }) => [name, release]),
  );
}

/** What its modules offer inside the cluster, and where they are described. Nothing where the definitions are not known. */
export function ModuleWays({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const { modules } = useApi(tenantsApiRef);
  const releases = releasesOf(tenant);
  const names = [...releases.keys()].sort().slice(0, MAX_MODULES);
  const { value } = useAnswer(async signal => {
    const { items } = await modules.list({ signal });
    const known = new Set(items.map(({ name }) => name));
    const answers = await Promise.allSettled(
      names
        .filter(name => known.has(name))
        .map(name => modules.get(name, { signal })),
    );
    // One that has left the definitions meanwhile has nothing to show.
    return answers.flatMap(answer =>
      answer.status === 'fulfilled' ? [answer.value] : [],
    );
  }, JSON.stringify(names));
  if (!value || value.length === 0) return null;
  return (
    <>
      <dt>{t('ways.modules')}</dt>
      <dd>
        <ul className={styles.lines}>
          {value.map(module => (
            <ModuleLine
              key={module.name}
              module={module}
              release={releases.get(module.name)}
            />
          ))}
        </ul>
      </dd>
    </>
  );
}

function ModuleLine(props: {
  readonly module: ModuleDetail;
  readonly release: string | undefined;
}) {
  const { module, release } = props;
  const t = useText();
  const links = useLinks();
  const [newest] = module.releases;
  const runs = module.releases.find(r => r.version === release) ?? newest;
  const endpoints = runs.endpoints.map(
    ({ name, service, port, path = '' }) => `${name} ${service}:${port}${path}`,
  );
  return (
    <li>
      <span className={`${classes.row} ${classes.wrap}`}>
        <TextLink href={links.module(module.name)}>
          {module.displayName}
        </TextLink>
        <TextLink
          href={links.module(module.name, 'definition')}
          aria-label={`${module.displayName}: ${t('ways.definition')}`}
        >
          {t('ways.definition')}
        </TextLink>
        {module.links.map(({ title, url }) => (
          <TextLink key={url} href={url}>
            {title}
          </TextLink>
        ))}
      </span>
      {endpoints.length > 0 && (
        <div
          className={`${classes.small} ${classes.muted} ${classes.anywhere}`}
        >
          {endpoints.join(', ')}
        </div>
      )}
    </li>
  );
}
