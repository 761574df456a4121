// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type { OperationRequestInput } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../api';
import { useAnswer } from '../../live/useAnswer';
import { useText } from '../../useText';
import type { Action } from '../Action';
import type { PreviewProps } from '../OperationDialog';
import { OperationPreview } from '../OperationPreview';
import { useDraft } from '../useDraft';
import { whereText } from './whereText';

/** The preview of taking over an environment that something else made. */
export function AdoptPreview(
  props: PreviewProps<Extract<Action, { type: 'adopt' }>>,
) {
  const { tenant, action, onStarted, onClose } = props;
  const { environment, cluster, namespaces } = action.place;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const tiers = useAnswer(signal => api.modules.listTiers({ signal }), 'tiers');
  const [tier, setTier] = useDraft('tier', action.place.tier);
  const request = useMemo<OperationRequestInput | undefined>(
    () =>
      tier === undefined
        ? undefined
        : {
            type: 'adopt',
            cluster,
            namespaces: [...namespaces],
            environment,
            tier,
          },
    [tier, cluster, namespaces, environment],
  );
  return (
    <OperationPreview
      tenant={tenant}
      title={t('actions.adoptTitle', { name: environment })}
      where={whereText(t, tenant, environment)}
      verb={t('actions.adoptVerb', { name: environment })}
      about={t('actions.adoptText', { namespaces: namespaces.join(', ') })}
      request={request}
      fields={
        <Select
          label={t('actions.tier')}
          isRequired
          options={(tiers.value?.items ?? []).map(({ name, displayName }) => ({
            id: name,
            label: displayName,
          }))}
          value={tier ?? null}
          onChange={key => setTier(String(key))}
        />
      }
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}
