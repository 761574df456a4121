// SPDX-License-Identifier: Apache-2.0
import {
  isRecord,
  numberOf,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import { age } from './age';

/** Ready containers of all, as in `1/2`. */
export function podReady(pod: KubeObject): string {
  const ready = recordsOf(pod.status?.containerStatuses).filter(
    item => item.ready === true,
  ).length;
  return `${ready}/${recordsOf(pod.spec?.containers).length}`;
}

/** Restarts of all containers, with the time of the last one. */
export function podRestarts(pod: KubeObject, now: number): string {
  const statuses = recordsOf(pod.status?.containerStatuses);
  const total = statuses.reduce(
    (sum, item) => sum + numberOf(item.restartCount),
    0,
  );
  const ends = statuses
    .map(item =>
      textOf(recordOf(recordOf(item.lastState).terminated).finishedAt),
    )
    .filter(time => time !== undefined)
    .sort();
  const last = ends.at(-1);
  return total > 0 && last ? `${total} (${age(last, now)} ago)` : String(total);
}

/** What the STATUS column says, from the states of the containers. */
export function podStatus(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const init = initProblem(pod);
  if (init) return init;
  let status =
    textOf(pod.status?.reason) ?? textOf(pod.status?.phase) ?? 'Unknown';
  const statuses = recordsOf(pod.status?.containerStatuses);
  for (const item of [...statuses].reverse())
    status = stateReason(item) ?? status;
  const running = statuses.some(
    item => item.ready === true && isRecord(recordOf(item.state).running),
  );
  if (status === 'Completed' && running) return 'Running';
  return status;
}

function initProblem(pod: KubeObject): string | undefined {
  const statuses = recordsOf(pod.status?.initContainerStatuses);
  for (const [at, item] of statuses.entries()) {
    const state = recordOf(item.state);
    const ended = recordOf(state.terminated);
    if (isRecord(state.terminated) && ended.exitCode === 0) continue;
    if (isRecord(state.terminated))
      return `Init:${
        textOf(ended.reason) ?? `ExitCode:${String(ended.exitCode)}`
      }`;
    const waiting = textOf(recordOf(state.waiting).reason);
    if (waiting && waiting !== 'PodInitializing') return `Init:${waiting}`;
    return `Init:${at}/${recordsOf(pod.spec?.initContainers).length}`;
  }
  return undefined;
}

function stateReason(status: JsonRecord): string | undefined {
  const { waiting, terminated } = recordOf(status.state);
  const waits = textOf(recordOf(waiting).reason);
  if (waits) return waits;
  if (!isRecord(terminated)) return undefined;
  const reason = textOf(terminated.reason);
  if (reason) return reason;
  return terminated.signal
    ? `Signal:${String(terminated.signal)}`
    : `ExitCode:${String(terminated.exitCode)}`;
}
