// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import type { OperationRequestInput } from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../api';
import { problemText } from '../../components/problemText';
import { useAnswer } from '../../live/useAnswer';
import { useDateTime } from '../../times/useDateTime';
import { useText } from '../../useText';
import type { Action } from '../Action';
import type { PreviewProps } from '../OperationDialog';
import { OperationPreview } from '../OperationPreview';
import { useDraft } from '../useDraft';
import { whereText } from './whereText';

/** The preview of going back to an earlier revision. */
export function RollbackPreview(
  props: PreviewProps<Extract<Action, { type: 'rollback' }>>,
) {
  const { tenant, action, onStarted, onClose } = props;
  const { environment } = action;
  const t = useText();
  const dateTime = useDateTime();
  const api = useApi(tenantsApiRef);
  const answer = useAnswer(
    signal => api.operations.listRevisions(tenant, { signal }),
    tenant,
  );
  const earlier = useMemo(
    () =>
      answer.value?.items.filter(
        r => r.environment === environment && !r.current,
      ),
    [answer.value, environment],
  );
  const [chosen, setChosen] = useDraft('revision', action.revision);
  const revision =
    earlier?.find(r => r.revision === chosen)?.revision ??
    earlier?.[0]?.revision;
  const request = useMemo<OperationRequestInput | undefined>(
    () =>
      revision === undefined
        ? undefined
        : { type: 'rollback', environment, revision },
    [environment, revision],
  );
  return (
    <OperationPreview
      tenant={tenant}
      title={t('actions.rollbackTitle', { environment })}
      where={whereText(t, tenant, environment)}
      verb={t('actions.rollbackVerb', { n: String(revision) })}
      about={t('actions.rollbackText')}
      request={request}
      fields={
        <>
          {answer.problem && (
            <p role="alert">{problemText(t, answer.problem)}</p>
          )}
          {earlier?.length === 0 && (
            <p>{t('actions.noRevisions', { environment })}</p>
          )}
          {earlier && earlier.length > 0 && (
            <Select
              label={t('actions.revision')}
              options={earlier.map(r => ({
                id: String(r.revision),
                label: t('actions.revisionOption', {
                  n: String(r.revision),
                  title: r.title,
                  when: dateTime(Date.parse(r.at)),
                }),
              }))}
              value={String(revision)}
              onChange={key => setChosen(Number(key))}
            />
          )}
        </>
      }
      onStarted={onStarted}
      onClose={onClose}
    />
  );
}
