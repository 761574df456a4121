// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import type {
  Operation,
  OperationRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ReactNode } from 'react';
import { problemText } from '../components/problemText';
import { countWrites } from '../plan/planSummary';
import { PlanMade, PlanView, type FixChange } from '../plan/PlanView';
import { usePlan, type PlanState } from '../plan/usePlan';
import { classes } from '../styles';
import { useText } from '../useText';
import styles from './operations.module.css';
import { useDraft } from './useDraft';
import { useStart, type StartState } from './useStart';

/** Props of {@link OperationPreview}. */
export type OperationPreviewProps = {
  readonly tenant: string;
  /** The action in words. */
  readonly title: string;
  /** Which part of the tenant. */
  readonly where: string;
  /** What would be started; `undefined` while something is still to be chosen. */
  readonly request: OperationRequestInput | undefined;
  /** What the button says: the verb and the value. */
  readonly verb: string;
  /** What it means, where the plan does not say it. */
  readonly about?: string;
  /** What is to be chosen. */
  readonly fields?: ReactNode;
  /** Something is lost whatever the plan says: the tenant's name has to be typed. */
  readonly isLoss?: boolean;
  readonly onFix?: (change: FixChange) => void;
  readonly onStarted: (operation: Operation) => void;
  readonly onClose: () => void;
};

/** What would happen, and the button that makes it happen. */
export function OperationPreview(props: OperationPreviewProps) {
  const { tenant, title, where, request, about, fields, onFix } = props;
  const t = useText();
  const [typed, setTyped] = useDraft('confirmation', '');
  const planState = usePlan(request && { tenant, request });
  const { onStarted } = props;
  const mustType = props.isLoss === true || losesData(planState);
  const start = useStart({ tenant, request, planState, onStarted });
  return (
    <>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <div className={styles.preview}>
          <p className={`${classes.small} ${classes.muted}`}>
            {t('actions.nothingYet', { where })}
          </p>
          {about && <p>{about}</p>}
          {fields}
          {start.mustLook && (
            <p className={classes.notice} role="alert">
              {t('actions.look')}
            </p>
          )}
          {request && <PlanView state={planState} onFix={onFix} />}
          {mustType && canStart(planState) && (
            <TextField
              label={t('actions.typeName', { name: tenant })}
              value={typed}
              onChange={setTyped}
              autoComplete="off"
            />
          )}
          {start.problem && (
            <p className={classes.notice} role="alert">
              {t('actions.startFailed')} {problemText(t, start.problem)}
            </p>
          )}
        </div>
      </DialogBody>
      <PreviewFooter
        preview={props}
        planState={planState}
        start={start}
        isLoss={mustType}
        isConfirmed={!mustType || typed === tenant}
      />
    </>
  );
}

function canStart({ plan, problem }: PlanState): boolean {
  return plan !== undefined && plan.refusals.length === 0 && !problem;
}

/** Volumes or data would be gone afterwards. */
function losesData({ plan }: PlanState): boolean {
  return (plan?.notes ?? []).some(
    ({ kind }) => kind === 'data-lost' || kind === 'volume-replaced',
  );
}

/** Applying what is there already would be an operation that does nothing. */
function isPointless(request: OperationRequestInput, state: PlanState) {
  const { plan } = state;
  return (
    request.type === 'apply' && plan !== undefined && countWrites(plan) === 0
  );
}

function PreviewFooter(props: {
  readonly preview: OperationPreviewProps;
  readonly planState: PlanState;
  readonly start: StartState;
  readonly isLoss: boolean;
  readonly isConfirmed: boolean;
}) {
  const { preview, planState, start, isLoss, isConfirmed } = props;
  const { request, verb, onClose } = preview;
  const t = useText();
  const isOffered =
    request !== undefined &&
    canStart(planState) &&
    !isPointless(request, planState);
  return (
    <DialogFooter>
      <span className={classes.grow}>
        {planState.plan && request && <PlanMade plan={planState.plan} />}
      </span>
      <Button variant="secondary" onPress={onClose}>
        {t('actions.back')}
      </Button>
      {isOffered && (
        <Button
          variant="primary"
          destructive={isLoss}
          isDisabled={planState.isChecking || !isConfirmed}
          isPending={start.isStarting}
          onPress={start.start}
        >
          {verb}
        </Button>
      )}
    </DialogFooter>
  );
}
