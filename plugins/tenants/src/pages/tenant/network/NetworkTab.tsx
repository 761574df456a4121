// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { ToggleButton, ToggleButtonGroup, useBreakpoint } from '@backstage/ui';
import { RiAlertLine } from '@remixicon/react';
import {
  tenantReadPermission,
  type EnvironmentNetwork,
  type Tenant,
  type TenantNetwork,
} from '@tenantry/backstage-plugin-tenants-common';
import { tenantsApiRef } from '../../../api';
import { AnswerGate } from '../../../components/AnswerGate';
import { StateBlock } from '../../../components/StateBlock';
import { useAnswer } from '../../../live/useAnswer';
import { useQuery } from '../../../navigation';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { NetworkPicture } from './NetworkPicture';
import { NetworkTable } from './NetworkTable';
import { namesText, unguarded } from './networkText';
import { PairQuestion } from './PairQuestion';
import { PolicyTables } from './PolicyTable';

/** Which policies there are, and who may reach whom: drawn, and as a table. */
export function NetworkTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const answer = useAnswer(
    signal => api.details.network(tenant.name, { signal }),
    // Read anew when the tenant is another: a policy that changes changes its version too, or will with the next event.
    `${tenant.name} ${tenant.version}`,
  );
  return (
    <div className={classes.body}>
      <AnswerGate
        answer={answer}
        errorTitle={t('network.errorTitle')}
        forbiddenTitle={t('network.forbiddenTitle')}
        permission={tenantReadPermission.name}
      >
        {network => <Network network={network} />}
      </AnswerGate>
    </div>
  );
}

const VIEWS = ['drawing', 'table'] as const;

function Network({ network }: { readonly network: TenantNetwork }) {
  const t = useText();
  const [search, change] = useQuery();
  const { environments, partial } = network;
  // A drawing needs room that a telephone does not have.
  const usual = useBreakpoint().down('sm') ? 'table' : 'drawing';
  const view = VIEWS.find(known => known === search.get('view')) ?? usual;
  const chosen =
    environments.find(e => e.environment === search.get('env')) ??
    environments[0];
  if (!chosen) {
    return (
      <StateBlock
        kind="empty"
        title={t('network.empty')}
        text={t('network.emptyText')}
      />
    );
  }
  const isTable = view === 'table';
  return (
    <>
      <div className={classes.filters}>
        <ToggleButtonGroup
          className={classes.toggles}
          aria-label={t('network.environment')}
          disallowEmptySelection
          selectedKeys={[chosen.environment]}
          onSelectionChange={keys =>
            change({
              env: String([...keys][0]),
              workload: undefined,
              reachFrom: undefined,
              reachTo: undefined,
            })
          }
        >
          {environments.map(({ environment, cluster }) => (
            <ToggleButton key={`${cluster}/${environment}`} id={environment}>
              {environment}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <ToggleButtonGroup
          className={classes.toggles}
          aria-label={t('network.view')}
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={keys =>
            change({
              view: VIEWS.find(known => known !== usual && keys.has(known)),
            })
          }
        >
          <ToggleButton id="drawing">{t('network.drawing')}</ToggleButton>
          <ToggleButton id="table">{t('network.table')}</ToggleButton>
        </ToggleButtonGroup>
      </div>
      {chosen.known ? (
        <KnownNetwork network={chosen} isTable={isTable} />
      ) : (
        <StateBlock
          kind="error"
          title={t('network.unknown', { environment: chosen.environment })}
          text={
            partial.find(({ cluster }) => cluster === chosen.cluster)?.message
          }
        />
      )}
    </>
  );
}

function KnownNetwork(props: {
  readonly network: EnvironmentNetwork;
  readonly isTable: boolean;
}) {
  const { network, isTable } = props;
  const t = useText();
  const [search, change] = useQuery();
  const { workloads, leftOut } = network;
  const open = unguarded(workloads);
  const chosen = workloads.find(({ id }) => id === search.get('workload'))?.id;
  return (
    <>
      {open.length > 0 && (
        <div className={classes.notice} role="note">
          <RiAlertLine size={16} aria-hidden />
          <span>
            {t('network.openIngress', {
              count: open.length,
              names: namesText(t, open),
            })}
          </span>
        </div>
      )}
      {workloads.length === 0 && (
        <StateBlock kind="empty" title={t('network.empty')} />
      )}
      {workloads.length > 0 && isTable && <NetworkTable network={network} />}
      {workloads.length > 0 && !isTable && (
        <section className={classes.card} aria-label={t('network.who')}>
          <div className={classes.cardHead}>
            <h3>{t('network.who')}</h3>
          </div>
          <NetworkPicture
            network={network}
            chosen={chosen}
            onChoose={id => change({ workload: id }, { replace: true })}
          />
        </section>
      )}
      {leftOut > 0 && (
        <p className={classes.muted}>
          {t('network.leftOut', { count: leftOut })}
        </p>
      )}
      {workloads.length > 1 && <PairQuestion network={network} />}
      <PolicyTables network={network} />
    </>
  );
}
