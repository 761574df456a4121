// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import { Button, DialogFooter } from '@backstage/ui';
import {
  isFinalState,
  operationPermissions,
  tenantOperatePermission,
  type Operation,
} from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useRef, useState } from 'react';
import { useAllowedActions } from '../access/useAllowedActions';
import { WhyNot } from '../access/WhyNot';
import { tenantsApiRef } from '../api';
import { problemText } from '../components/problemText';
import type { Problem } from '../live/Live';
import { problemOf } from '../live/problemOf';
import { classes } from '../styles';
import { useKeptState } from '../useKeptState';
import { useText } from '../useText';
import type { Action } from './Action';
import { CopyButton } from './CopyButton';
import { OperationDialog } from './OperationDialog';
import { keptText } from './OperationSentence';
import styles from './operations.module.css';

/** Props of {@link DrawerFooter}. */
export type DrawerFooterProps = {
  readonly operation: Operation;
  /** Opens the drawer of another operation. */
  readonly onOpen: (id: string) => void;
};

/** Sends one request at a time and keeps what it failed with. */
function useSend() {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const send = async (request: () => Promise<unknown>) => {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    try {
      await request();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setSending(false);
    }
  };
  return { isSending, problem, send };
}

/** What can be done with an operation: cancel it once it is asked twice, repeat it, go back. */
export function DrawerFooter({ operation, onOpen }: DrawerFooterProps) {
  const t = useText();
  const [action, setAction] = useKeptState<Action>(
    `preview of ${operation.id}`,
  );
  const rights = useAllowedActions(operation.tenant, operation.id);
  const why = rights.explain(tenantOperatePermission.name);
  const isClosed = why?.allowed === false;
  const request = useSend();
  return (
    <DialogFooter>
      <div className={styles.ask}>
        {!isFinalState(operation.state) && (
          <span className={`${classes.small} ${classes.muted}`}>
            {t('operation.close')}
          </span>
        )}
        {request.problem && (
          <span role="alert">
            {t('operation.actionFailed')} {problemText(t, request.problem)}
          </span>
        )}
        {isClosed && why && (
          <WhyNot
            closed={[
              {
                id: tenantOperatePermission.name,
                name: operation.cancellable
                  ? t('operation.cancel')
                  : t('operation.retry'),
                why,
              },
            ]}
          />
        )}
        {!rights.isLoading && !isClosed && (
          <Buttons
            operation={operation}
            request={request}
            onOpen={onOpen}
            mayRollBack={
              rights.explain(operationPermissions.rollback.name)?.allowed !==
              false
            }
            onAction={setAction}
          />
        )}
      </div>
      {action && (
        <OperationDialog
          tenant={operation.tenant}
          action={action}
          onStarted={started => onOpen(started.id)}
          onClose={() => setAction(undefined)}
        />
      )}
    </DialogFooter>
  );
}

function Buttons(
  props: DrawerFooterProps & {
    readonly request: ReturnType<typeof useSend>;
    readonly mayRollBack: boolean;
    readonly onAction: (action: Action) => void;
  },
) {
  const { operation, request, onOpen, mayRollBack, onAction } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const { id, cancellable, retryable, state } = operation;
  const back = mayRollBack ? rollbackOf(operation) : undefined;
  const retry = async () => {
    const next = await api.operations.retry(id);
    onOpen(next.id);
  };
  return (
    <div className={`${classes.row} ${classes.wrap}`}>
      <span className={classes.grow} />
      {state === 'failed' && (
        <CopyButton
          label={t('operation.copyDetails')}
          done={t('operation.copied')}
          text={() => detailsOf(operation)}
        />
      )}
      {back && (
        <Button variant="secondary" onPress={() => onAction(back)}>
          {state === 'succeeded'
            ? t('operation.undo')
            : t('operation.rollBack')}
        </Button>
      )}
      {retryable && (
        <Button
          variant="primary"
          isPending={request.isSending}
          onPress={() => request.send(retry)}
        >
          {t('operation.retry')}
        </Button>
      )}
      {cancellable && <Cancel operation={operation} request={request} />}
    </div>
  );
}

/** Asks once, saying what stays changed. */
function Cancel(props: {
  readonly operation: Operation;
  readonly request: ReturnType<typeof useSend>;
}) {
  const { operation, request } = props;
  const t = useText();
  const api = useApi(tenantsApiRef);
  const [isAsking, setAsking] = useState(false);
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that had the focus is gone.
    if (isAsking) buttons.current?.querySelector('button')?.focus();
  }, [isAsking]);
  if (!isAsking) {
    return (
      <Button variant="secondary" destructive onPress={() => setAsking(true)}>
        {t('operation.cancel')}
      </Button>
    );
  }
  return (
    <div
      className={styles.ask}
      role="group"
      aria-label={t('operation.cancelTitle')}
    >
      <strong>{t('operation.cancelTitle')}</strong>
      <span>{keptText(t, operation)}</span>
      <div className={classes.row} ref={buttons}>
        <Button
          variant="primary"
          destructive
          isPending={request.isSending}
          onPress={() =>
            request.send(() => api.operations.cancel(operation.id))
          }
        >
          {t('operation.cancelNow')}
        </Button>
        <Button variant="secondary" onPress={() => setAsking(false)}>
          {t('operation.goOn')}
        </Button>
      </div>
    </div>
  );
}

/** Going back to before this operation, where that can be said: it ended and was about one environment. */
function rollbackOf(operation: Operation): Action | undefined {
  const { state, type, environments, result } = operation;
  const [environment, ...others] = environments;
  const isSpec = type === 'apply' || type === 'scale' || type === 'rollback';
  if (!isFinalState(state) || !isSpec || !environment || others.length > 0) {
    return undefined;
  }
  if (state !== 'succeeded') return { type: 'rollback', environment };
  const revision = (result?.revision ?? 1) - 1;
  return revision < 1 ? undefined : { type: 'rollback', environment, revision };
}

/** What helps somebody who is asked for help: no stack, no contents. */
function detailsOf(operation: Operation): string {
  const { id, tenant, title, error, steps } = operation;
  const failed = steps.find(step => step.state === 'failed');
  return [
    `${title} (${id}) on ${tenant}`,
    failed && `Step ${failed.index + 1}: ${failed.title}`,
    error && `${error.reason}: ${error.message}`,
  ]
    .filter(Boolean)
    .join('\n');
}
