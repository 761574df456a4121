// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  Operation,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { TextLink } from '../../components/TextLink';
import { ClusterFreshness } from '../../components/Freshness';
import { HealthMark } from '../../components/HealthMark';
import { Meter } from '../../components/Meter';
import { quotaName } from '../../components/quotaName';
import { RollUpTree } from '../../components/RollUpTree';
import type { RollUpNode } from '../../components/rollUp';
import { useLinks } from '../../navigation';
import { ActionMenu } from '../../operations/ActionMenu';
import { useOperations } from '../../operations/OperationsProvider';
import { useNewestOperations } from '../../operations/useNewestOperations';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import { LastOperations } from './overview/LastOperations';
import { rowActions } from './overview/rowActions';
import { RunningOperations } from './overview/RunningOperations';
import { TenantCauses } from './overview/TenantCauses';
import { WaysCard } from './overview/WaysCard';
import { RecentEvents } from './RecentEvents';

const NO_OPERATIONS: readonly Operation[] = [];

/** Healthy or not, why, since when, and where to look: the body of the overview, also on the entity page. */
export function OverviewTab({ tenant }: { readonly tenant: Tenant }) {
  const { name } = tenant;
  const canAct = useOperations() !== undefined;
  const operations =
    useNewestOperations({ tenant: name, isAllowed: true }) ?? NO_OPERATIONS;
  return (
    <div className={classes.body}>
      <RunningOperations tenant={name} operations={operations} />
      <TenantCauses tenant={tenant} operations={operations} />
      <div className={classes.two}>
        <RollUpTree
          tenant={tenant}
          renderMenu={canAct ? node => <RowMenu node={node} /> : undefined}
        />
        <div className={classes.column}>
          <RecentEvents tenant={tenant} />
          <LastOperations tenant={name} operations={operations} />
          {tenant.environments.map(environment => (
            <QuotaCard
              key={`${environment.cluster}/${environment.name}`}
              tenant={name}
              environment={environment}
            />
          ))}
          <WaysCard tenant={tenant} />
          <EnvironmentsCard environments={tenant.environments} />
        </div>
      </div>
    </div>
  );
}

function RowMenu({ node }: { readonly node: RollUpNode }) {
  const t = useText();
  if (!node.subject) return null;
  return (
    <ActionMenu
      inRow
      name={node.name}
      groups={[{ items: rowActions(t, node.subject) }]}
    />
  );
}

function QuotaCard(props: {
  readonly tenant: string;
  readonly environment: Environment;
}) {
  const { tenant, environment } = props;
  const t = useText();
  const links = useLinks();
  const title = t('quota.title', { environment: environment.name });
  return (
    <section className={classes.card} aria-label={title}>
      <div className={classes.cardHead}>
        <h3 className={classes.grow}>{title}</h3>
        {environment.quota.length > 0 && (
          <TextLink
            href={links.tenant(tenant, 'quota', { env: environment.name })}
          >
            {t('quota.who')}
          </TextLink>
        )}
      </div>
      <div className={`${classes.cardBody} ${classes.quotaLines}`}>
        {environment.quota.length === 0 && (
          <span className={classes.muted}>
            {t('quota.none', { environment: environment.name })}
          </span>
        )}
        {environment.quota.map(line => (
          <div key={line.resource} className={classes.quotaLine}>
            <span className={classes.ellipsis} title={line.resource}>
              {quotaName(t, line.resource)}
            </span>
            <Meter
              label={quotaName(t, line.resource)}
              usage={line}
              unit={line.unit}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

function stateText(t: Translate, state: Environment['state']): string {
  const texts: Record<Environment['state'], string> = {
    Active: t('environments.stateActive'),
    Empty: t('environments.stateEmpty'),
    Retained: t('environments.stateRetained'),
    Terminating: t('environments.stateTerminating'),
  };
  return texts[state];
}

function EnvironmentsCard(props: {
  readonly environments: readonly Environment[];
}) {
  const t = useText();
  return (
    <section className={classes.card} aria-label={t('environments.title')}>
      <div className={classes.cardHead}>
        <h3>{t('environments.title')}</h3>
      </div>
      <ul className={classes.list}>
        {props.environments.map(environment => (
          <li key={`${environment.cluster}/${environment.name}`}>
            <HealthMark
              code={environment.health.code}
              reason={environment.health.reason}
              iconOnly
            />
            <span>
              {t('tenant.environmentOn', {
                environment: environment.name,
                cluster: environment.cluster,
              })}
              <br />
              <span className={`${classes.small} ${classes.muted}`}>
                {environment.namespaces.join(', ')}
              </span>
            </span>
            <span className={classes.right}>
              <ClusterFreshness freshness={environment.freshness} />
              <br />
              <span className={`${classes.small} ${classes.muted}`}>
                {stateText(t, environment.state)}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
