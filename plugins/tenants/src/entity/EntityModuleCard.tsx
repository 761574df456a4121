// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Badge, Card, CardBody, CardHeader } from '@backstage/ui';
import {
  compareHealthByUrgency,
  moduleReadPermission,
  type ModuleDetail,
  type ModuleInstance,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../api';
import { AnswerGate } from '../components/AnswerGate';
import { HealthMark } from '../components/HealthMark';
import { TextLink } from '../components/TextLink';
import { useAnswer } from '../live/useAnswer';
import { useLinks } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { moduleOfEntity } from './moduleOfEntity';

/** Releases and environments on the card; the module's page has all. */
const SHOWN = 6;

/** The releases of a module on its catalogue entity, and which tenants run it. */
export function EntityModuleCard() {
  const { entity } = useEntity();
  const name = moduleOfEntity(entity);
  const t = useText();
  const links = useLinks();
  const { modules } = useApi(tenantsApiRef);
  const answer = useAnswer(
    async signal => ({
      module: await modules.get(name, { signal }),
      instances: (await modules.listInstances(name, { signal })).items,
    }),
    name,
  );
  return (
    <Card>
      <CardHeader>
        <span className={classes.row}>
          <h3 className={`${classes.cardTitle} ${classes.grow}`}>
            {t('entity.moduleCard')}
          </h3>
          <TextLink href={links.module(name)}>
            {t('entity.openModule')}
          </TextLink>
        </span>
      </CardHeader>
      <CardBody>
        <AnswerGate
          answer={answer}
          errorTitle={t('entity.moduleError')}
          forbiddenTitle={t('entity.moduleForbidden')}
          permission={moduleReadPermission.name}
          notFound={<p>{t('entity.noDefinition')}</p>}
          skeletonHeight={120}
        >
          {({ module, instances }) => (
            <div className={classes.body}>
              <Releases module={module} />
              <Instances instances={instances} module={name} />
            </div>
          )}
        </AnswerGate>
      </CardBody>
    </Card>
  );
}

function Releases({ module }: { readonly module: ModuleDetail }) {
  const t = useText();
  return (
    <section aria-label={t('entity.releases')}>
      <strong>{t('entity.releases')}</strong>
      <div className={`${classes.row} ${classes.wrap}`}>
        {module.releases.slice(0, SHOWN).map(({ version, deprecated }, at) => (
          <span key={version} className={classes.row}>
            {version}
            {at === 0 && <Badge>{t('entity.default')}</Badge>}
            {deprecated && <Badge>{t('entity.deprecated')}</Badge>}
          </span>
        ))}
      </div>
    </section>
  );
}

function Instances(props: {
  readonly module: string;
  readonly instances: readonly ModuleInstance[];
}) {
  const { module, instances } = props;
  const t = useText();
  const links = useLinks();
  const sorted = [...instances].sort((a, b) =>
    compareHealthByUrgency(a.health, b.health),
  );
  const more = sorted.length - SHOWN;
  return (
    <section aria-label={t('entity.runs')}>
      <strong>{t('entity.runs')}</strong>
      {sorted.length === 0 && (
        <p className={classes.muted}>{t('entity.runsNowhere')}</p>
      )}
      {sorted
        .slice(0, SHOWN)
        .map(({ tenant, environment, cluster, release, health, reason }) => (
          <div
            key={`${tenant}/${environment}/${cluster}`}
            className={`${classes.row} ${classes.wrap}`}
          >
            <HealthMark code={health} />
            <TextLink href={links.tenant(tenant)}>{tenant}</TextLink>
            <span className={`${classes.small} ${classes.muted}`}>
              {[environment, release, health === 'Healthy' ? '' : reason]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
        ))}
      {more > 0 && (
        <TextLink href={links.module(module)}>
          {t('entity.more', { count: more })}
        </TextLink>
      )}
    </section>
  );
}
