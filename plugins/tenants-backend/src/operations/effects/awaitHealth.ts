// SPDX-License-Identifier: Apache-2.0
import type { StepOutcome } from '../OperationExecutor';
import type { EffectContext } from './EffectContext';
import { EFFECT_LIMITS, type LiveWorkload } from './EffectPorts';
import { failure, objectText } from './failures';
import type { InputOf } from './stepInputs';

type Workload = InputOf<'wait'>['workloads'][number];

type Judged =
  | { readonly state: 'ready' }
  | { readonly state: 'waiting' | 'failed'; readonly message: string };

/** The controller itself has given up. */
const final = new Set(['ProgressDeadlineExceeded', 'JobFailed', 'Failed']);

function judge(
  wanted: Workload,
  live: LiveWorkload | undefined,
  limits: { readonly now: number; readonly degradedMs: number },
): Judged {
  const what = objectText(wanted);
  if (!live) return { state: 'waiting', message: `${what} is not seen yet.` };
  const { health, generation } = live;
  const isOld =
    wanted.generation !== undefined &&
    generation !== undefined &&
    generation < wanted.generation;
  if (isOld) {
    return { state: 'waiting', message: `${what} is not seen changed yet.` };
  }
  if (health.code === 'Healthy' || health.code === 'Suspended') {
    return { state: 'ready' };
  }
  const message = `${what}: ${health.message || health.reason}`;
  const since = health.since ? Date.parse(health.since) : limits.now;
  const hasFailed =
    health.code === 'Degraded' &&
    (final.has(health.reason) || limits.now - since >= limits.degradedMs);
  return { state: hasFailed ? 'failed' : 'waiting', message };
}

/** Waits until what a wave runs is healthy, by what the watch says; asks no cluster. */
export function awaitHealth(
  context: EffectContext,
  { workloads, since }: InputOf<'wait'>,
): StepOutcome {
  const { ports, record, step } = context;
  const { live, settings } = ports;
  const now = ports.clock.now();
  const { degradedMs, healthTimeoutMs } = settings;
  const judged = workloads.map(workload =>
    judge(workload, live.workload({ cluster: record.cluster, ...workload }), {
      now,
      // One that was broken before we came gets the same time to recover.
      degradedMs: now - since < degradedMs ? Infinity : degradedMs,
    }),
  );
  const told = (state: Judged['state']) =>
    judged.flatMap(each =>
      each.state === state && 'message' in each ? [each.message] : [],
    );
  const [broken] = told('failed');
  if (broken) return notHealthy(`It is not healthy: ${broken}`);
  const waiting = told('waiting');
  if (waiting.length === 0) return { kind: 'done' };
  if (step.isCancelling()) return { kind: 'done', message: 'Not waited for.' };
  const [first = ''] = waiting;
  const more = waiting.length > 1 ? ` (and ${waiting.length - 1} more)` : '';
  const old = live.isCurrent(record.cluster)
    ? ''
    : ` What is known of cluster "${record.cluster}" is old.`;
  const limit = healthTimeoutMs * Math.max(1, step.operation.attempt);
  if (now - since >= limit) {
    const minutes = Math.round(healthTimeoutMs / 60_000);
    return notHealthy(
      `It did not become healthy within ${minutes} minutes: ${first}${more}${old}`,
    );
  }
  return {
    kind: 'wait',
    afterMs: EFFECT_LIMITS.lookAgainMs,
    message: `${first}${more}${old}`,
  };
}

function notHealthy(message: string): StepOutcome {
  return {
    kind: 'failed',
    partial: true,
    error: failure('NotHealthy', message),
  };
}
