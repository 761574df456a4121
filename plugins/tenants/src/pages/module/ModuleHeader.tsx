// SPDX-License-Identifier: Apache-2.0
import { Badge, ButtonLink } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import type {
  ModuleDetail,
  ModuleInstanceList,
} from '@tenantry/backstage-plugin-tenants-common';
import { Freshness } from '../../components/Freshness';
import { OwnerLink } from '../../components/OwnerLink';
import { TextLink } from '../../components/TextLink';
import { formatDate } from '../../formatting/duration';
import type { Answer } from '../../live/useAnswer';
import { useLiveTenants } from '../../live/useLive';
import { useTemplateLinks } from '../../templates/useTemplateLinks';
import { classes } from '../../styles';
import { useText } from '../../useText';

/** Name, shelf, what it is, whose, and where it runs. */
export function ModuleHeader(props: {
  readonly module: ModuleDetail;
  readonly instances: Answer<ModuleInstanceList>;
}) {
  const { module, instances } = props;
  const { lifecycle, category, description } = module;
  const t = useText();
  const live = useLiveTenants();
  return (
    <header>
      <div className={classes.titleRow}>
        <h2 className={classes.title}>{module.displayName}</h2>
        {category && <Badge>{category}</Badge>}
        {lifecycle === 'experimental' && (
          <Badge>{t('modules.experimental')}</Badge>
        )}
        {lifecycle === 'deprecated' && <Badge>{t('modules.deprecated')}</Badge>}
        <span className={classes.muted}>{description}</span>
        <span className={classes.grow} />
        <Freshness connection={live.connection} at={live.at} />
        <AddToTenant module={module.name} />
      </div>
      <Facts module={module} environments={instances.value?.items.length} />
      <Deprecation module={module} />
    </header>
  );
}

function Facts(props: {
  readonly module: ModuleDetail;
  readonly environments: number | undefined;
}) {
  const { module, environments } = props;
  const t = useText();
  const tenants = t('modules.tenants', { count: module.tenants });
  const scope =
    module.scope === 'cluster'
      ? t('module.scopeCluster')
      : t('module.scopeTenant');
  const facts = [
    {
      name: t('module.owner'),
      value: <OwnerLink owner={module.owner} />,
    },
    { name: t('module.scope'), value: scope },
    { name: t('module.defaultRelease'), value: module.releases[0].version },
    {
      name: t('module.runsIn'),
      value:
        environments === undefined
          ? tenants
          : t('module.runsInValue', {
              tenants,
              environments: t('module.environments', { count: environments }),
            }),
    },
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {module.links.length > 0 && (
        <div>
          <dt>{t('module.docs')}</dt>
          <dd className={`${classes.row} ${classes.wrap}`}>
            {module.links.map(({ title, url }) => (
              <TextLink key={url} href={url}>
                {title}
              </TextLink>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Leads to the form that adds it, with the module chosen. */
function AddToTenant({ module }: { readonly module: string }) {
  const t = useText();
  const link = useTemplateLinks();
  if (!link) return null;
  return (
    <ButtonLink
      size="small"
      variant="primary"
      iconStart={<RiAddLine />}
      href={link('add-module', { modules: [{ name: module }] })}
    >
      {t('ways.addToTenant')}
    </ButtonLink>
  );
}

/** The end of the default release, in words. */
function Deprecation({ module }: { readonly module: ModuleDetail }) {
  const t = useText();
  const [{ version, deprecated }] = module.releases;
  if (!deprecated) return null;
  const { endsAt, message } = deprecated;
  return (
    <p className={classes.notice} role="note">
      <strong>{t('module.deprecatedTitle', { version })}</strong>
      <span>
        {endsAt &&
          t('module.endsAt', {
            date: formatDate(Date.parse(endsAt), 'UTC'),
          })}{' '}
        {message}
      </span>
    </p>
  );
}
