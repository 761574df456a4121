// SPDX-License-Identifier: Apache-2.0
import type { Cause, Tenant } from '@tenantry/backstage-plugin-tenants-common';
import type { RollUpSubject } from '../../../components/rollUp/rollUp';
import type { ActionGroup, ActionItem } from '../../../operations/ActionMenu';
import type { Translate } from '../../../useText';
import { workloadActions } from '../WorkloadMenu';
import { environmentOfCause, workloadOfCause } from './workloadOfCause';

/** Workloads that name no module are gathered under this name. */
const NO_MODULE = 'other';

function moduleActions(
  t: Translate,
  environment: string,
  module: string,
): ActionItem[] {
  if (module === NO_MODULE) return [];
  return [
    {
      id: 'change',
      label: t('actions.upgrade'),
      action: { type: 'change-module', environment, module },
    },
    {
      id: 'remove',
      label: t('actions.removeModule'),
      action: { type: 'remove-module', environment, module },
      isDanger: true,
    },
  ];
}

function environmentActions(
  t: Translate,
  { environment }: RollUpSubject,
): ActionItem[] {
  const { name, isAsleep } = environment;
  return [
    {
      id: 'add-module',
      label: t('actions.addModule'),
      action: { type: 'add-module', environment: name },
    },
    {
      id: 'nap',
      label: isAsleep ? t('actions.wake') : t('actions.sleep'),
      action: { type: isAsleep ? 'wake' : 'sleep', environment: name },
    },
    {
      id: 'rollback',
      label: t('actions.rollback'),
      action: { type: 'rollback', environment: name },
    },
  ];
}

/** What can be done with what a row of the tree stands for. Pure. */
export function rowActions(t: Translate, subject: RollUpSubject): ActionItem[] {
  const { environment, module, workload } = subject;
  if (workload) return workloadActions(t, environment.name, workload);
  if (module !== undefined) return moduleActions(t, environment.name, module);
  return environmentActions(t, subject);
}

/** What can be done about a cause: with the workload, with its module, and going back. Pure. */
export function causeActions(
  t: Translate,
  tenant: Tenant,
  cause: Cause,
): ActionGroup[] {
  const environment = environmentOfCause(tenant, cause);
  if (!environment) return [];
  const workload = workloadOfCause(tenant, cause);
  const [change] = moduleActions(t, environment.name, cause.module);
  return [
    {
      items: workload ? workloadActions(t, environment.name, workload) : [],
    },
    {
      title: cause.module,
      items: [
        ...(change ? [change] : []),
        {
          id: 'rollback',
          label: t('actions.rollback'),
          action: { type: 'rollback', environment: environment.name },
        },
      ],
    },
  ];
}
