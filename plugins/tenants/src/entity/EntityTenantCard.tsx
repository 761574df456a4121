// SPDX-License-Identifier: Apache-2.0
import { useEntity } from '@backstage/plugin-catalog-react';
import { Card, CardBody, CardHeader, Skeleton } from '@backstage/ui';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { ViewAsBanner } from '../access/ViewAsBanner';
import { TextLink } from '../components/TextLink';
import { Age } from '../components/Age';
import { causeTitle } from '../components/cause/causeTitle';
import { Freshness } from '../components/Freshness';
import { HealthMark } from '../components/HealthMark';
import { LiveGate } from '../components/LiveGate';
import { useLiveTenant } from '../live/useLive';
import { useLinks } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { tenantOfEntity } from './tenantOfEntity';

/** Health and first cause of a tenant on its catalogue entity, with the way to its page. */
export function EntityTenantCard() {
  const { entity } = useEntity();
  const name = tenantOfEntity(entity);
  const t = useText();
  const links = useLinks();
  const live = useLiveTenant(name);
  return (
    <Card>
      <CardHeader>
        <span className={classes.row}>
          <h3 className={`${classes.cardTitle} ${classes.grow}`}>
            {t('tenant.entityCard')}
          </h3>
          <TextLink href={links.tenant(name)}>{t('tenant.open')}</TextLink>
        </span>
      </CardHeader>
      <CardBody>
        <ViewAsBanner />
        <LiveGate
          live={live}
          errorTitle={t('problem.part')}
          skeleton={<Skeleton height={40} />}
          renderEnd={() => (
            <p>
              {t('tenant.notFoundTitle', { name })} {t('tenant.notFoundText')}
            </p>
          )}
        >
          {tenant => <CardContent tenant={tenant} />}
        </LiveGate>
        <Freshness connection={live.connection} at={live.at} />
      </CardBody>
    </Card>
  );
}

function CardContent({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const { health, causes } = tenant;
  const [cause] = causes;
  return (
    <>
      <p className={classes.row} style={{ margin: 0 }}>
        <HealthMark code={health.code} />
        {health.since && health.code !== 'Healthy' && (
          <span className={classes.muted}>
            <Age since={health.since} format="duration" />
          </span>
        )}
      </p>
      {cause && <p className={classes.bold}>{causeTitle(t, cause)}</p>}
      {!cause && health.message && <p>{health.message}</p>}
    </>
  );
}
