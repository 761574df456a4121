// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { RollUpNode } from '../../components/rollUp/rollUp';
import { RollUpTree } from '../../components/rollUp/RollUpTree';
import type { MenuPlace } from '../../components/rollUp/RollUpTreeRow';
import { rowName } from '../../components/rollUp/rollUpWords';
import { ActionMenu } from '../../operations/ActionMenu';
import { useOperations } from '../../operations/OperationsProvider';
import { useNewestOperations } from '../../operations/useNewestOperations';
import { classes } from '../../styles';
import { useText } from '../../useText';
import { EnvironmentsCard } from './overview/EnvironmentsCard';
import { QuotaCard } from './overview/QuotaCard';
import { rowActions } from './overview/rowActions';
import { RunningOperations } from './overview/RunningOperations';
import { TenantCauses } from './overview/TenantCauses';
import { TreeUsageNotice } from './overview/TreeUsageNotice';
import { WaysCard } from './overview/WaysCard';
import { WhatChanged } from './overview/WhatChanged';
import { useRevisions } from './timeline/useRevisions';
import { UsageProvider, useUsage } from './usage/useUsage';

const NO_OPERATIONS: readonly Operation[] = [];

/** Healthy or not, why, since when, and where to look: the body of the overview, also on the entity page. */
export function OverviewTab({ tenant }: { readonly tenant: Tenant }) {
  const { name, environments } = tenant;
  const canAct = useOperations() !== undefined;
  const newest = useNewestOperations({ tenant: name, isAllowed: true });
  const operations = newest ?? NO_OPERATIONS;
  const revisions = useRevisions(name, newest);
  const usage = useUsage(name);
  const isMeasured =
    usage.isLoading ||
    environments.some(({ cluster }) => usage.hasMetrics(cluster));
  return (
    <UsageProvider value={usage}>
      <div className={classes.body}>
        <RunningOperations tenant={name} operations={operations} />
        <TenantCauses
          tenant={tenant}
          operations={operations}
          revisions={revisions.value?.items}
        />
        <div className={classes.two}>
          <RollUpTree
            tenant={tenant}
            renderMenu={canAct ? renderRowMenu : undefined}
            usage={isMeasured ? usage : undefined}
            footer={<TreeUsageNotice usage={usage} />}
          />
          <div className={classes.column}>
            <WhatChanged
              tenant={tenant}
              operations={operations}
              revisions={revisions}
            />
            {environments.map(environment => (
              <QuotaCard
                key={`${environment.cluster}/${environment.name}`}
                tenant={name}
                environment={environment}
              />
            ))}
            <EnvironmentsCard environments={environments} />
            <WaysCard tenant={tenant} />
          </div>
        </div>
      </div>
    </UsageProvider>
  );
}

/** Beside the component, so that a row does not get another one with each change of the tenant. */
function renderRowMenu(node: RollUpNode, place: MenuPlace) {
  return <RowMenu node={node} place={place} />;
}

function RowMenu(props: {
  readonly node: RollUpNode;
  readonly place: MenuPlace;
}) {
  const { node, place } = props;
  const t = useText();
  if (!node.subject) return null;
  return (
    <ActionMenu
      {...place}
      name={rowName(t, node)}
      groups={[{ items: rowActions(t, node.subject) }]}
    />
  );
}
