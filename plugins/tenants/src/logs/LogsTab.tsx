// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import {
  logsReadPermission,
  type LogSelection,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { ForbiddenBlock } from '../components/LiveGate';
import { problemText } from '../components/problemText';
import { StateBlock } from '../components/StateBlock';
import type { Problem } from '../live/Live';
import { useQuery } from '../navigation';
import { classes } from '../styles';
import { useText } from '../useText';
import { NoPods } from './NoPods';
import { logOptions, parseLogSelection, type LogOptions } from './logSelection';
import { SelectionFields } from './SelectionFields';
import { TOO_MANY } from './LogSession';
import { LogView } from './LogView';
import { TooManyStreams } from './TooManyStreams';
import { useLogSession } from './useLogSession';
import { useLogStatus, useSlowSnapshot } from './useLogSnapshot';
import { useUnmasked } from './useUnmasked';

/** The logs of a tenant: what happened just before it broke, in all pods at once. */
export function LogsTab({ tenant }: { readonly tenant: Tenant }) {
  const [query, change] = useQuery();
  const unmasking = useUnmasked(tenant.name);
  const unmasked = unmasking.isOn || undefined;
  const selection = useMemo(
    () => ({ ...parseLogSelection(query), unmasked }),
    [query, unmasked],
  );
  const options = useMemo(
    () => logOptions(tenant, selection),
    [tenant, selection],
  );
  const { session, restart } = useLogSession(tenant.name, selection);
  const status = useLogStatus(session);
  const log = useSlowSnapshot(session);
  const empty = session.read().endKey === 0;
  const fields = (
    <div className={classes.filters}>
      <SelectionFields
        selection={selection}
        options={options}
        onChange={change}
      />
    </div>
  );
  if (status.state === 'failed') {
    return (
      <>
        {isSelectionAtFault(status.problem) && fields}
        <Failure
          tenant={tenant.name}
          problem={status.problem}
          onRetry={restart}
        />
      </>
    );
  }
  const ended = status.state === 'ended' && empty ? status.reason : undefined;
  if (ended === 'forbidden') return <LogsForbidden tenant={tenant.name} />;
  if (ended === 'limit') {
    return <TooManyStreams onRetry={restart} />;
  }
  const none = options.pods.length === 0 && !isPodNamed(options, selection);
  if (none || (ended && log.sources.length === 0 && !selection.around)) {
    return (
      <>
        {fields}
        <NoPods tenant={tenant} selection={selection} onChange={change} />
      </>
    );
  }
  return (
    <LogView
      session={session}
      status={status}
      tenant={tenant}
      selection={selection}
      options={options}
      query={query}
      onChange={change}
      onRestart={restart}
      unmasking={unmasking}
    />
  );
}

/** A pod that is gone from the tenant may still be read for a moment. */
function isPodNamed(options: LogOptions, selection: LogSelection): boolean {
  return selection.pod !== undefined && options.modules.length > 0;
}

/** What was asked for is refused, as more containers than are read at once: choosing less helps. */
function isSelectionAtFault(problem: Problem): boolean {
  return problem.kind === 'http' && problem.status === 400;
}

function LogsForbidden({ tenant }: { readonly tenant: string }) {
  const t = useText();
  return (
    <ForbiddenBlock
      title={t('logs.forbiddenTitle', { tenant })}
      text={t('logs.forbiddenText')}
      permission={logsReadPermission.name}
    />
  );
}

function Failure(props: {
  readonly tenant: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
}) {
  const { tenant, problem, onRetry } = props;
  const t = useText();
  // Who sees the tenant but not its logs is answered as if there were no such tenant.
  if (problem.kind === 'http' && [403, 404].includes(problem.status)) {
    return <LogsForbidden tenant={tenant} />;
  }
  if (problem.kind === 'http' && problem.status === TOO_MANY) {
    return <TooManyStreams message={problem.message} onRetry={onRetry} />;
  }
  return (
    <StateBlock
      kind="error"
      title={t('logs.errorTitle')}
      text={problemText(t, problem)}
      actions={
        <Button variant="secondary" onPress={onRetry}>
          {t('logs.tryAgain')}
        </Button>
      }
    />
  );
}
