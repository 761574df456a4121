// SPDX-License-Identifier: Apache-2.0
import { Button } from '@backstage/ui';
import {
  logsReadPermission,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { ForbiddenBlock } from '../components/LiveGate';
import { problemText } from '../components/problemText';
import { StateBlock } from '../components/StateBlock';
import type { Problem } from '../live/Live';
import { useQuery } from '../navigation';
import classes from '../tenantry.module.css';
import { useText } from '../useText';
import { logOptions, parseLogSelection } from './logSelection';
import { SelectionFields } from './LogToolbar';
import { LogView } from './LogView';
import { useLogSession } from './useLogSession';

/** The logs of a tenant: what happened just before it broke, in all pods at once. */
export function LogsTab({ tenant }: { readonly tenant: Tenant }) {
  const t = useText();
  const [search, change] = useQuery();
  const selection = parseLogSelection(search);
  const options = logOptions(tenant, selection);
  const log = useLogSession(tenant.name, selection);
  const { status } = log;
  const empty = log.endKey === 0;
  if (status.state === 'failed') {
    return (
      <>
        {isSelectionAtFault(status.problem) && (
          <div className={classes.filters}>
            <SelectionFields
              selection={selection}
              options={options}
              onChange={change}
            />
          </div>
        )}
        <Failure
          tenant={tenant.name}
          problem={status.problem}
          onRetry={log.restart}
        />
      </>
    );
  }
  if (status.state === 'ended' && status.reason === 'forbidden' && empty) {
    return <LogsForbidden tenant={tenant.name} />;
  }
  const ended = status.state === 'ended' && empty;
  if (options.pods.length === 0 || (ended && log.sources.length === 0)) {
    return (
      <StateBlock
        kind="empty"
        title={t('logs.noPods')}
        text={t('logs.noPodsText', { tenant: tenant.name })}
      />
    );
  }
  return (
    <LogView
      log={log}
      tenant={tenant}
      selection={selection}
      options={options}
      q={search.get('q') ?? ''}
      onChange={change}
    />
  );
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
