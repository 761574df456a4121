// SPDX-License-Identifier: Apache-2.0
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { Age } from '../../components/Age';
import { Freshness } from '../../components/Freshness';
import { HealthMark } from '../../components/HealthMark';
import { OwnerLink } from '../../components/OwnerLink';
import type { Live } from '../../live/Live';
import { classes } from '../../styles';
import { useTimeFormat } from '../../times/useTimeFormat';
import { useText } from '../../useText';
import { TenantActions } from './TenantActions';

/** Name, state, since when, how fresh, and whose. */
export function TenantHeader(props: {
  readonly name: string;
  readonly live: Live<Tenant>;
}) {
  const { name, live } = props;
  const { value, connection } = live;
  return (
    <header>
      <div className={classes.titleRow}>
        <h2 className={classes.title}>{name}</h2>
        {value && <State tenant={value} old={connection.state === 'stale'} />}
        <span className={classes.titleGap} />
        <Freshness connection={connection} at={live.at} />
        {value && <TenantActions tenant={value} />}
      </div>
      {value && <Facts tenant={value} />}
    </header>
  );
}

function State(props: { readonly tenant: Tenant; readonly old: boolean }) {
  const { health } = props.tenant;
  const t = useText();
  const unknown = health.code === 'Unknown' ? 0 : health.counts.Unknown ?? 0;
  return (
    <>
      <HealthMark code={health.code} />
      <span className={classes.muted}>
        {props.old && t('health.lastKnown')}
        {!props.old && health.since && health.code !== 'Healthy' && (
          <HealthAge since={health.since} />
        )}
        {unknown > 0 &&
          ` · ${t('health.unknownEnvironments', { count: unknown })}`}
      </span>
    </>
  );
}

/** How long a state lasts, or since when, as the user wants times. */
function HealthAge({ since }: { readonly since: string }) {
  const t = useText();
  const [format] = useTimeFormat();
  const age = <Age since={since} format="duration" />;
  if (format !== 'relative') return age;
  return <>{t('health.for', { duration: age })}</>;
}

function Facts({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const modules = new Set(
    tenant.environments.flatMap(e => e.modules.map(m => m.name)),
  );
  const namespaces = tenant.environments.flatMap(e => e.namespaces).length;
  const environments = tenant.environments
    .map(e =>
      t('tenant.environmentOn', { environment: e.name, cluster: e.cluster }),
    )
    .join(', ');
  return (
    <dl className={classes.facts}>
      <div>
        <dt>{t('tenant.owner')}</dt>
        <dd>
          <OwnerLink owner={tenant.owner} />
        </dd>
      </div>
      <div>
        <dt>{t('tenant.tier')}</dt>
        <dd>{tenant.tier ?? t('list.notSet')}</dd>
      </div>
      <div>
        <dt>{t('tenant.environments')}</dt>
        <dd>{environments}</dd>
      </div>
      <div>
        <dt>{t('tenant.modules')}</dt>
        <dd>{modules.size}</dd>
      </div>
      <div>
        <dt>{t('tenant.namespaces')}</dt>
        <dd>{namespaces}</dd>
      </div>
    </dl>
  );
}
