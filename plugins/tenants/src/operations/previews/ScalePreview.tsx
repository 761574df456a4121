// SPDX-License-Identifier: Apache-2.0
import { NumberField } from '@backstage/ui';
import { SPEC_LIMITS } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { useText } from '../../useText';
import type { Action } from '../Action';
import type { PreviewProps } from '../OperationDialog';
import { OperationPreview } from '../OperationPreview';
import { useDraft } from '../useDraft';
import { whereText } from './whereText';

/** The preview of another number of replicas. */
export function ScalePreview(
  props: PreviewProps<Extract<Action, { type: 'scale' }>>,
) {
  const { tenant, action, onStarted, onClose } = props;
  const { environment, workload } = action;
  const t = useText();
  const [replicas, setReplicas] = useDraft(
    'replicas',
    action.proposed ?? action.replicas,
  );
  const isKnown = Number.isInteger(replicas) && replicas !== action.replicas;
  const request = useMemo(
    () =>
      isKnown
        ? { type: 'scale' as const, environment, workload, replicas }
        : undefined,
    [isKnown, environment, workload, replicas],
  );
  const name = workload.split('/')[1];
  return (
    <OperationPreview
      tenant={tenant}
      title={t('actions.scaleTitle', { name })}
      where={whereText(t, tenant, environment)}
      verb={t('actions.scaleVerb', { n: String(replicas) })}
      request={request}
      fields={
        <NumberField
          label={t('actions.replicas')}
          value={replicas}
          minValue={0}
          maxValue={SPEC_LIMITS.replicas}
          step={1}
          onChange={setReplicas}
        />
      }
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}
