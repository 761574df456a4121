// SPDX-License-Identifier: Apache-2.0
import type { OperationRequestInput } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { useText, type Translate } from '../../useText';
import type { Action } from '../Action';
import type { PreviewProps } from '../OperationDialog';
import { OperationPreview } from '../OperationPreview';
import { whereText } from './whereText';

/** Actions with nothing to choose. */
export type PlainAction = Extract<
  Action,
  {
    type: 'restart' | 'sleep' | 'wake' | 'delete' | 'purge' | 'remove-member';
  }
>;

/** The preview of an action with nothing to choose. */
export function PlainPreview(props: PreviewProps<PlainAction>) {
  const { tenant, action, onStarted, onClose } = props;
  const t = useText();
  const request = useMemo(() => requestOf(tenant, action), [tenant, action]);
  const isLoss = action.type === 'delete' || action.type === 'purge';
  return (
    <OperationPreview
      tenant={tenant}
      {...wordsOf(t, tenant, action)}
      where={whereText(t, tenant, action.environment)}
      request={request}
      isLoss={isLoss}
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}

function requestOf(tenant: string, action: PlainAction): OperationRequestInput {
  const { environment } = action;
  const some = environment === undefined ? {} : { environments: [environment] };
  switch (action.type) {
    case 'restart':
      return {
        type: 'restart',
        environment: action.environment,
        workload: action.workload,
      };
    case 'purge':
      return { type: 'purge', ...some, confirm: tenant };
    case 'remove-member':
      return { type: 'members', ...some, remove: [action.subject] };
    case 'sleep':
    case 'wake':
    case 'delete':
      return { type: action.type, ...some };
    default:
      return action satisfies never;
  }
}

type Words = {
  readonly title: string;
  readonly verb: string;
  readonly about?: string;
};

function wordsOf(t: Translate, tenant: string, action: PlainAction): Words {
  const name = action.environment ?? tenant;
  switch (action.type) {
    case 'restart': {
      const workload = action.workload.split('/')[1];
      return {
        title: t('actions.restartTitle', { name: workload }),
        verb: t('actions.restartVerb', { name: workload }),
      };
    }
    case 'sleep':
      return {
        title: t('actions.sleepTitle', { name }),
        verb: t('actions.sleepVerb', { name }),
      };
    case 'wake':
      return {
        title: t('actions.wakeTitle', { name }),
        verb: t('actions.wakeVerb', { name }),
      };
    case 'delete':
      return {
        title: t('actions.deleteTitle', { name }),
        verb: t('actions.deleteVerb', { name }),
        about: t('actions.deleteText'),
      };
    case 'purge':
      return {
        title: t('actions.purgeTitle', { name }),
        verb: t('actions.purgeVerb', { name }),
        about: t('actions.purgeText'),
      };
    case 'remove-member':
      return {
        title: t('actions.removeMemberTitle', { name: action.subject }),
        verb: t('actions.removeMemberVerb', { name: action.subject }),
      };
    default:
      return action satisfies never;
  }
}
