// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  Revision,
  TenantEvent,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  containerFixture,
  degradedTenantFixture,
  environmentFixture,
  eventFixture,
  moduleFixture,
  podFixture,
  workloadFixture,
} from '@tenantry/backstage-plugin-tenants-common/testing';
import {
  operationFixture,
  revisionsFixture,
} from '../../../testing/operationFixture';
import { timelineEntries } from '../timeline/timelineEntries';
import { containerEnds } from './containerEnds';
import { selectChanges, type Change } from './selectChanges';

type Given = {
  readonly operations?: readonly Operation[];
  readonly revisions?: readonly Revision[];
  readonly events?: readonly TenantEvent[];
};

function select(given: Given, ends = containerEnds([])): readonly Change[] {
  const { operations = [], revisions = [], events = [] } = given;
  return selectChanges(
    timelineEntries({ operations, revisions, events }),
    ends,
  );
}

/** In short what a change is of. */
function brief(change: Change): string {
  switch (change.kind) {
    case 'operation':
      return change.operation.title;
    case 'release':
      return `revision ${change.revision.revision}`;
    case 'event':
      return `${change.event.reason} ${change.times}`;
    default:
      return `end of ${change.end.pod} ${change.times} in ${change.pods}`;
  }
}

const briefly = (given: Given, ends?: ReturnType<typeof containerEnds>) =>
  select(given, ends).map(brief);

const at = (minute: number) =>
  `2026-11-21T14:${String(minute).padStart(2, '0')}:00.000Z`;
const event = (reason: string, minute: number, more = {}) =>
  eventFixture({ reason, lastSeen: at(minute), count: 1, ...more });
const operation = (title: string, minute: number) =>
  operationFixture({
    id: title,
    title,
    createdAt: at(minute),
    startedAt: at(minute),
  });

describe('what is selected of what changed', () => {
  it('is in the order of time, newest first', () => {
    expect(
      briefly({
        operations: [operation('Scale', 5), operation('Upgrade', 20)],
        events: [event('FailedScheduling', 10)],
      }),
    ).toEqual(['Upgrade', 'FailedScheduling 1', 'Scale']);
  });

  it('folds events of one object with one reason, and counts them', () => {
    const [change, ...others] = select({
      events: [
        event('FailedScheduling', 10, { message: '0/3 nodes', count: 4 }),
        event('FailedScheduling', 12, { message: '0/4 nodes', count: 2 }),
      ],
    });
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      kind: 'event',
      times: 6,
      event: { message: '0/4 nodes' },
    });
  });

  it('keeps room for what was done, however much is reported', () => {
    const events = [10, 11, 12, 13, 14, 15].map(minute =>
      event(`Reason${minute}`, minute),
    );
    const operations = [operation('Old', 1), operation('Older', 0)];
    expect(briefly({ operations, events })).toEqual([
      'Reason15 1',
      'Reason14 1',
      'Reason13 1',
      'Old',
      'Older',
    ]);
    expect(briefly({ events })).toHaveLength(5);
  });

  it('leaves out routine, unless there is nothing else', () => {
    const started = event('Started', 20, { type: 'Normal' });
    expect(briefly({ events: [started, event('BackOff', 10)] })).toEqual([
      'BackOff 1',
    ]);
    expect(briefly({ events: [started] })).toEqual(['Started 1']);
  });

  it('keeps a warning whatever its reason', () => {
    const created = event('Created', 20, { type: 'Warning' });
    expect(briefly({ events: [created, event('BackOff', 10)] })).toEqual([
      'Created 1',
      'BackOff 1',
    ]);
  });

  it('names a release only where no operation stands for it', () => {
    const revisions = revisionsFixture();
    const made = operationFixture({ id: 'op-1', title: 'Upgrade' });
    expect(briefly({ revisions })).toEqual(['revision 8', 'revision 7']);
    expect(briefly({ revisions, operations: [made] })).toEqual(['Upgrade']);
  });

  it('says that a container ended instead of what is reported beside it', () => {
    const { environments, events } = degradedTenantFixture();
    const ends = containerEnds(environments);
    expect(briefly({ events }, ends)).toEqual([
      'end of airflow-worker-1 14 in 1',
    ]);
    expect(ends[0].logs).toEqual({
      env: 'prod',
      module: 'airflow',
      workload: 'airflow-worker',
      pod: 'airflow-worker-1',
      container: 'main',
      previous: '1',
    });
  });
});

it('counts ends of one workload together, and keeps other reasons apart', () => {
  const [end] = containerEnds(degradedTenantFixture().environments);
  const ends = [
    end,
    { ...end, pod: 'airflow-worker-2', restarts: 3, at: end.at + 1_000 },
    { ...end, reason: 'Error', exitCode: 1, at: end.at - 1_000 },
  ];
  expect(briefly({}, ends)).toEqual([
    'end of airflow-worker-2 17 in 2',
    'end of airflow-worker-1 14 in 1',
  ]);
});

it('takes only containers for failed that ended with an error and were started again', () => {
  const lastExit = { code: 1, reason: 'Error', at: at(3) };
  const containers = [
    containerFixture({ name: 'failed', restarts: 1, lastExit }),
    containerFixture({
      name: 'done',
      restarts: 1,
      lastExit: { ...lastExit, code: 0 },
    }),
    containerFixture({
      name: 'undated',
      restarts: 1,
      lastExit: { code: 1, reason: 'Error' },
    }),
    containerFixture({ name: 'well' }),
  ];
  const workloads = [workloadFixture({ pods: [podFixture({ containers })] })];
  const modules = [moduleFixture({ workloads })];
  const ends = containerEnds([environmentFixture({ modules })]);
  expect(ends).toMatchObject([{ container: 'failed', isOneOfMany: true }]);
});
