// SPDX-License-Identifier: Apache-2.0
import type {
  Environment,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { WhyNot } from '../../access/WhyNot';
import type { Explained } from '../../access/useAllowedActions';
import {
  ActionMenu,
  type ActionGroup,
  type ActionItem,
} from '../../operations/ActionMenu';
import { permissionOf } from '../../operations/Action';
import { useOperations } from '../../operations/OperationsProvider';
import { classes } from '../../styles';
import { useText, type Translate } from '../../useText';
import { AddModule } from './AddModule';
import { StarTenant } from './StarTenant';

/** Environments that have their own actions in the menu; others have them in their tabs. */
const MAX_ENVIRONMENTS = 6;

/** What can be done with a tenant and its environments, and why the rest cannot. */
export function TenantActions({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const operations = useOperations();
  if (!operations) return null;
  const groups = [
    { items: wholeTenant(t, tenant) },
    ...tenant.environments
      .slice(0, MAX_ENVIRONMENTS)
      .map(environment => oneEnvironment(t, environment)),
  ];
  const closed = new Map<
    string,
    { id: string; name: string; why: Explained }
  >();
  for (const { label, action } of groups.flatMap(group => group.items)) {
    const why = operations.whyNot(action);
    const id = permissionOf(action);
    const known = closed.get(id);
    const names = known ? known.name.split(', ') : [];
    const name = label.replace('…', '');
    if (!why || names.includes(name)) continue;
    closed.set(id, { id, name: [...names, name].join(', '), why });
  }
  return (
    <>
      <div className={classes.headActions}>
        <AddModule tenant={tenant} />
        <ActionMenu name={tenant.name} groups={groups} />
        <StarTenant tenant={tenant.name} />
      </div>
      <WhyNot closed={[...closed.values()]} />
    </>
  );
}

function wholeTenant(t: Translate, tenant: Tenant): ActionItem[] {
  const isAsleep = tenant.health.code === 'Suspended';
  const environments = tenant.environments.map(e => e.name);
  return [
    ...(isAsleep
      ? []
      : [
          {
            id: 'sleep',
            label: t('actions.sleep'),
            action: { type: 'sleep' as const },
          },
        ]),
    ...(canWake(tenant.environments)
      ? [
          {
            id: 'wake',
            label: t('actions.wake'),
            action: { type: 'wake' as const },
          },
        ]
      : []),
    {
      id: 'add-member',
      label: t('actions.addMember'),
      action: { type: 'add-member', environments },
    },
    {
      id: 'delete',
      label: t('actions.delete'),
      action: { type: 'delete' },
      isDanger: true,
    },
    {
      id: 'purge',
      label: t('actions.purge'),
      action: { type: 'purge' },
      isDanger: true,
    },
  ];
}

function canWake(environments: readonly Environment[]): boolean {
  return environments.some(e => e.health.code === 'Suspended');
}

function oneEnvironment(t: Translate, environment: Environment): ActionGroup {
  const { name, cluster, namespaces, tier } = environment;
  const isAsleep = environment.health.code === 'Suspended';
  const place = { environment: name, cluster, namespaces, tier };
  const id = (type: string) => `${type}/${cluster}/${name}`;
  return {
    title: t('tenant.environmentOn', { environment: name, cluster }),
    items: [
      {
        id: id('add-module'),
        label: t('actions.addModule'),
        action: { type: 'add-module', environment: name },
      },
      {
        id: id('nap'),
        label: isAsleep ? t('actions.wake') : t('actions.sleep'),
        action: { type: isAsleep ? 'wake' : 'sleep', environment: name },
      },
      {
        id: id('rollback'),
        label: t('actions.rollback'),
        action: { type: 'rollback', environment: name },
      },
      {
        id: id('adopt'),
        label: t('actions.adopt'),
        action: { type: 'adopt', place },
      },
      {
        id: id('delete'),
        label: t('actions.delete'),
        action: { type: 'delete', environment: name },
        isDanger: true,
      },
      {
        id: id('purge'),
        label: t('actions.purge'),
        action: { type: 'purge', environment: name },
        isDanger: true,
      },
    ],
  };
}
