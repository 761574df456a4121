// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { EntityRefLink } from '../../../components/EntityRefLink';
import { TextLink } from '../../../components/TextLink';
import { useLinks } from '../../../navigation';
import { tenantEntityRef } from '../../../templates/useTemplateLinks';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { EndpointWays } from './EndpointWays';
import { ModuleWays } from './ModuleWays';
import styles from './overview.module.css';
import { TemplateWays } from './TemplateWays';

/** Who is in it, what its modules are, and where else to go. */
export function WaysCard({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const links = useLinks();
  const count = tenant.members.length;
  return (
    <section className={classes.card} aria-label={t('ways.title')}>
      <div className={classes.cardHead}>
        <h3>{t('ways.title')}</h3>
      </div>
      <dl className={`${classes.cardBody} ${styles.ways}`}>
        <dt>{t('nav.members')}</dt>
        <dd>
          <TextLink href={links.tenant(tenant.name, 'members')}>
            {count > 0 ? t('ways.members', { count }) : t('ways.membersNone')}
          </TextLink>
        </dd>
        <dt>{t('ways.entity')}</dt>
        <dd>
          <EntityRefLink entityRef={tenantEntityRef(tenant.name)} />
        </dd>
        <EndpointWays tenant={tenant} />
        <ModuleWays tenant={tenant} />
        <TemplateWays tenant={tenant} />
      </dl>
    </section>
  );
}
