// SPDX-License-Identifier: Apache-2.0
import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AuditStore } from './audit/AuditStore';
import type { Planner } from './modules/Planner';
import {
  OperationWorker,
  type WorkerCounters,
} from './operations/engine/OperationWorker';
import {
  refuseDelete,
  renderFilesExecutor,
  RENDERED_TYPES,
  type FilePorts,
} from './operations/engine/renderFilesExecutor';
import { Wakeups } from './operations/engine/Wakeups';
import type { OperationExecutor } from './operations/OperationExecutor';
import { OperationService } from './operations/OperationService';
import type { DatabaseOperationStore } from './operations/store/DatabaseOperationStore';
import { listenForWork } from './operations/store/listenForWork';
import { WatchedOperations } from './operations/WatchedOperations';
import type { Clock } from './time/Clock';

/** How what is planned gets to the clusters. */
export type ApplyMode = 'direct' | 'pull-request';

type OperationParts = {
  readonly database: Knex;
  readonly clock: Clock;
  readonly store: DatabaseOperationStore;
  readonly planner: Planner;
  readonly executors: readonly OperationExecutor[];
  readonly apply: ApplyMode;
  readonly toFiles: FilePorts['toFiles'];
  readonly auditStore: AuditStore;
  readonly report: (what: string) => (subject: string, error: unknown) => void;
};

/** Builds everything that runs operations. Nothing runs before `start`. */
export function composeOperations(parts: OperationParts) {
  const { database: knex, clock, store, planner, report } = parts;
  const wakeups = new Wakeups();
  const operations = new OperationService({
    store,
    planner,
    audit: parts.auditStore,
    wakeups,
  });
  const unread = report('Operations could not be read');
  const watched = new WatchedOperations({
    history: store.history,
    wakeups,
    clock,
    onFailure: error => unread('database', error),
  });
  const start = (signal: AbortSignal, counters?: WorkerCounters) => {
    const worker = new OperationWorker({
      store,
      executors: executorsOf(parts),
      clock,
      random: Math.random,
      wakeups,
      counters,
      onFailure: report('An operation failed in a way nobody expected'),
    });
    worker.start(signal);
    const failed = report('PostgreSQL could not be listened to');
    listenForWork({
      knex,
      clock,
      signal,
      onWork: operation => wakeups.wake(operation),
      onFailure: error => failed('database', error),
    });
    return worker;
  };
  const { revisions } = store;
  return { operations, watched, store, wakeups, revisions, start };
}

function executorsOf({
  apply,
  executors,
  ...ports
}: OperationParts): readonly OperationExecutor[] {
  if (apply === 'direct') return executors;
  const rendering = [
    ...RENDERED_TYPES.map(type => renderFilesExecutor(type, ports)),
    refuseDelete(),
  ];
  const replaced = new Set(rendering.map(({ type }) => type));
  return [...executors.filter(({ type }) => !replaced.has(type)), ...rendering];
}

/** Forgets operations after their time, on one replica a day. */
export async function scheduleOperationRetention(
  scheduler: SchedulerService,
  { history }: Pick<DatabaseOperationStore, 'history'>,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'tenants-operation-retention',
    scope: 'global',
    frequency: { hours: 24 },
    initialDelay: { minutes: 7 },
    timeout: { minutes: 30 },
    fn: async () => {
      await history.removeOld();
    },
  });
}
