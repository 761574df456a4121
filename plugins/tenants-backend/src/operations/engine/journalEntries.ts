// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  OperationError,
} from '@tenantry/backstage-plugin-tenants-common';
import type { NewEvent } from '../store/admitEvents';
import type { Lease } from '../store/Lease';
import type { JournalEntry, StepWrite } from '../store/writeEntry';
import type { RunStep } from './StepList';
import type { LifecycleEvent } from './transition';

/** What is said of a step. */
export function stepEvent(
  { position }: RunStep,
  level: NewEvent['level'],
  message: string,
): NewEvent {
  return { type: 'step', level, step: position, message };
}

/** What is said when a lease ends. */
export function endEvents(
  event: LifecycleEvent,
  { attempt, row }: Lease,
): NewEvent[] {
  const state = (level: NewEvent['level'], message: string): NewEvent[] => [
    { type: 'state', level, message },
  ];
  switch (event.type) {
    case 'completed':
      return event.error
        ? state('error', event.error.message)
        : state('info', 'Done.');
    case 'failed':
      return state(
        'error',
        event.error.retryable && attempt < row.max_attempts
          ? `${event.error.message} It is tried again.`
          : event.error.message,
      );
    case 'stopped':
      return state('info', 'Cancelled.');
    case 'released':
      return state('info', 'Its worker shuts down; another one goes on.');
    default:
      return [];
  }
}

/** Why an operation failed of which some steps did. */
export function partialError(
  failed: readonly RunStep[],
  total: number,
): OperationError {
  const [first] = failed;
  return {
    reason: first.error?.reason ?? 'Failed',
    message: `${failed.length} of ${total} steps failed. ${first.plan.title}: ${
      first.error?.message ?? 'it failed.'
    }`,
    retryable: failed.some(({ error }) => error?.retryable ?? false),
  };
}

/** Both in one; of a step that is in both, the later one’s fields count. */
export function joinEntries(a: JournalEntry, b: JournalEntry): JournalEntry {
  const steps = new Map<string, StepWrite>();
  for (const step of [...(a.steps ?? []), ...(b.steps ?? [])]) {
    const given = Object.entries(step).filter(([, v]) => v !== undefined);
    steps.set(step.key, {
      ...steps.get(step.key),
      ...Object.fromEntries(given),
      key: step.key,
    });
  }
  const newSteps = [...(a.newSteps ?? []), ...(b.newSteps ?? [])].map(step => {
    // A step cannot be written and changed by one statement.
    const { key, title, environment, cluster, wave, input } = step;
    const change: Partial<StepWrite> = steps.get(key) ?? {};
    steps.delete(key);
    const { position = step.position } = change;
    const plan = { key, title, environment, cluster, wave, input };
    const { state = step.state, begins = step.begins } = change;
    const { message = step.message } = change;
    return { ...plan, position, state, begins, message };
  });
  return {
    ...a,
    ...b,
    steps: [...steps.values()],
    newSteps,
    events: [...(a.events ?? []), ...(b.events ?? [])],
  };
}

/** What an operation has come to so far: files of several environments are all kept, of a file the newer. */
export function joinResults(
  a: Operation['result'],
  b: Operation['result'],
): Operation['result'] {
  if (!a?.files || !b?.files) return { ...a, ...b };
  const files = new Map(
    [...a.files, ...b.files].map(file => [file.path, file]),
  );
  return { ...a, ...b, files: [...files.values()] };
}
