// SPDX-License-Identifier: Apache-2.0
import { Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import type { Operation } from '@tenantry/backstage-plugin-tenants-common';
import { problemText } from '../components/problemText';
import { formatNumber } from '../formatting/quantity';
import { ChangeSetView } from '../plan/ChangeSetView';
import { classes } from '../styles';
import { useText } from '../useText';
import { countChanged } from './OperationSentence';
import { LogLines } from './LogLines';
import { StepList } from './StepList';
import { useOperationLog } from './useOperationLog';

/** Steps, changes, log and plan of an operation. */
export function OperationTabs(props: { readonly operation: Operation }) {
  const { operation } = props;
  const t = useText();
  const log = useOperationLog(operation.id, operation.lastEvent);
  const changed = countChanged(operation);
  return (
    <Tabs>
      <TabList aria-label={operation.title}>
        <Tab id="steps">{t('operation.steps')}</Tab>
        <Tab id="changes">
          {t('operation.changes')} {changed > 0 && formatNumber(changed)}
        </Tab>
        <Tab id="log">{t('operation.log')}</Tab>
        <Tab id="plan">{t('operation.plan')}</Tab>
      </TabList>
      <TabPanel id="steps">
        <StepList operation={operation} lines={log.lines} />
      </TabPanel>
      <TabPanel id="changes">
        {operation.changes ? (
          <ChangeSetView changes={operation.changes} />
        ) : (
          <p className={classes.muted}>{t('operation.noChanges')}</p>
        )}
      </TabPanel>
      <TabPanel id="log">
        {log.problem && <p role="alert">{problemText(t, log.problem)}</p>}
        {log.lines.length === 0 && !log.problem && (
          <p className={classes.muted}>{t('operation.noLog')}</p>
        )}
        <LogLines lines={log.lines} />
      </TabPanel>
      <TabPanel id="plan">
        <PlanPanel operation={operation} />
      </TabPanel>
    </Tabs>
  );
}

/** What was recorded of the plan: the revision it became, or the files it was rendered to. */
function PlanPanel({ operation }: { readonly operation: Operation }) {
  const t = useText();
  const { revision, files = [] } = operation.result ?? {};
  return (
    <>
      {revision !== undefined && (
        <p>{t('operation.revision', { n: String(revision) })}</p>
      )}
      <p className={classes.muted}>
        {files.length === 0
          ? t('operation.noPlan')
          : t('operation.files', { count: files.length })}
      </p>
      {files.map(({ path, content }) => (
        <details key={path}>
          <summary>{path}</summary>
          <pre className={classes.code}>{content}</pre>
        </details>
      ))}
    </>
  );
}
