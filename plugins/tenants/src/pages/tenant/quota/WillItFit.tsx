// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, Dialog } from '@backstage/ui';
import type {
  Environment,
  OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo, useState } from 'react';
import { tenantsApiRef } from '../../../api';
import { problemText } from '../../../components/problemText';
import { useAnswer } from '../../../live/useAnswer';
import { useQuery } from '../../../navigation';
import { OperationPreview } from '../../../operations/OperationPreview';
import { useOperations } from '../../../operations/OperationsProvider';
import { whereText } from '../../../operations/previews/whereText';
import { usePlan } from '../../../plan/usePlan';
import { classes } from '../../../styles';
import { useText } from '../../../useText';
import { FitAnswer } from './FitAnswer';
import { FitFields } from './FitFields';
import { fitRequest } from './fitQuestion';
import { useFitChoice } from './useFitChoice';

const WIDTH_PX = 680;

/** Asks whether a change fits the quota of an environment. Changes nothing. */
export function WillItFit(props: {
  readonly tenant: string;
  readonly environment: Environment;
}) {
  const { tenant, environment } = props;
  const { name } = environment;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const operations = useOperations();
  const [preview, setPreview] = useState<OperationRequestInput>();
  const { choice, ...set } = useFitChoice(name);
  const revisions = useAnswer(
    signal => api.operations.listRevisions(tenant, { signal }),
    choice.change === undefined || choice.change === 'scale'
      ? undefined
      : tenant,
  );
  const spec = revisions.value?.items.find(
    revision => revision.environment === name && revision.current,
  )?.spec;
  const request = useMemo(
    () => fitRequest(choice, { environment: name, spec }),
    [choice, name, spec],
  );
  const { plan, problem, isChecking } = usePlan(request && { tenant, request });
  return (
    <section className={classes.card} aria-label={t('fit.title')}>
      <div className={classes.cardHead}>
        <h3>{t('fit.title')}</h3>
      </div>
      <div className={`${classes.cardBody} ${classes.column}`}>
        <p className={`${classes.small} ${classes.muted}`}>{t('fit.about')}</p>
        <FitFields
          environment={environment}
          spec={spec}
          choice={choice}
          {...set}
        />
        {revisions.problem && (
          <p role="alert">
            {t('fit.specFailed', {
              environment: name,
              why: problemText(t, revisions.problem),
            })}
          </p>
        )}
        {revisions.value && !spec && choice.change !== 'scale' && (
          <p role="status">{t('fit.notOurs', { environment: name })}</p>
        )}
        {request && problem && (
          <p role="alert">
            {t('fit.failed', { why: problemText(t, problem) })}
          </p>
        )}
        {request && isChecking && (
          <p className={classes.muted}>{t('fit.checking')}</p>
        )}
        {request && plan && !isChecking && !problem && (
          <FitAnswer plan={plan} environment={name} />
        )}
        {request && operations && (
          <div>
            <Button
              variant="secondary"
              size="small"
              onPress={() => setPreview(request)}
            >
              {t('fit.preview')}
            </Button>
          </div>
        )}
      </div>
      {preview && (
        <Preview
          tenant={tenant}
          environment={name}
          request={preview}
          onClose={() => setPreview(undefined)}
        />
      )}
    </section>
  );
}

function Preview(props: {
  readonly tenant: string;
  readonly environment: string;
  readonly request: OperationRequestInput;
  readonly onClose: () => void;
}) {
  const { tenant, environment, request, onClose } = props;
  const t = useText();
  const [, change] = useQuery();
  return (
    <Dialog
      isOpen
      width={WIDTH_PX}
      isDismissable={false}
      onOpenChange={isOpen => {
        if (!isOpen) onClose();
      }}
    >
      <OperationPreview
        tenant={tenant}
        title={t('fit.previewTitle', { environment })}
        where={whereText(t, tenant, environment)}
        verb={t('fit.verb')}
        request={request}
        onStarted={operation => {
          onClose();
          change({ op: operation.id });
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
