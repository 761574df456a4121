// SPDX-License-Identifier: Apache-2.0
import type {
  ChangeSetEntry,
  OperationError,
  OperationRequest,
  RenderedFile,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  OperationExecutor,
  StepContext,
  StepOutcome,
  StepPlan,
} from '../../OperationExecutor';

/** How an operation ended, as a worker would have it. */
export type RunResult = {
  readonly changes: readonly ChangeSetEntry[];
  readonly errors: readonly OperationError[];
  /** Keys of the steps that ran, in order. */
  readonly steps: readonly string[];
  readonly log: readonly string[];
  readonly waited: readonly string[];
  readonly revision?: number;
  /** Rendered instead of applied. */
  readonly files: readonly RenderedFile[];
};

type RunOptions = {
  readonly id: string;
  readonly tenant: string;
  readonly fence: number;
  /** Called before each step; what it throws ends the run. */
  readonly beforeStep?: (step: StepPlan) => void | Promise<void>;
  /** Called when a step waits; when it answers `false`, the run ends there. */
  readonly onWait?: (message: string, afterMs: number) => Promise<boolean>;
  readonly holdLease?: () => Promise<void>;
  readonly isCancelling?: () => boolean;
  /** Called when parts failed that may pass; when it answers `true`, they are tried again. */
  readonly onRetry?: () => boolean;
};

/** At most so many runs of steps, so that a test ends. */
const maxRuns = 2_000;

/** What has happened in a run so far. */
class Seen {
  readonly changes: ChangeSetEntry[] = [];
  readonly errors: OperationError[] = [];
  readonly steps: string[] = [];
  readonly log: string[] = [];
  readonly waited: string[] = [];
  readonly failed = new Set<string | undefined>();
  files: readonly RenderedFile[] = [];
  revision?: number;

  take(step: StepPlan, outcome: Exclude<StepOutcome, { kind: 'wait' }>): void {
    this.steps.push(step.key);
    this.changes.push(...(outcome.changes ?? []));
    if (outcome.kind === 'done') {
      this.revision = outcome.result?.revision ?? this.revision;
      this.files = [...this.files, ...(outcome.result?.files ?? [])];
      return;
    }
    this.errors.push(outcome.error);
    this.failed.add(step.environment);
  }

  result(): RunResult {
    const { changes, errors, steps, log, waited, files, revision } = this;
    const said = revision === undefined ? {} : { revision };
    return { changes, errors, steps, log, waited, files, ...said };
  }
}

/** Runs an operation’s steps as a worker does, without a journal: next steps first, other environments after a partial failure. */
export async function runOperation(
  executors: readonly OperationExecutor[],
  request: OperationRequest,
  options: RunOptions,
): Promise<RunResult> {
  const executor = executors.find(({ type }) => type === request.type);
  if (!executor) throw new Error(`Nothing does ${request.type}.`);
  const { type } = request;
  const { id, tenant, fence } = options;
  const title = `Test ${type}`;
  const requestedBy = 'user:default/ada';
  const operation = { id, tenant, type, title, requestedBy, attempt: 1 };
  const putOff = new Set<string | undefined>();
  const { signal } = new AbortController();
  const seen = new Seen();
  const contextOf = (step: StepPlan): StepContext => ({
    operation: { ...operation },
    request,
    step,
    fence,
    signal,
    isCancelling: options.isCancelling ?? (() => false),
    log: (_, message) => seen.log.push(message),
    progress: () => undefined,
    holdLease: options.holdLease ?? (async () => undefined),
  });
  const steps = [...(await executor.plan(operation, request, signal))];
  for (let runs = 0; runs < maxRuns; runs += 1) {
    const at = steps.findIndex(
      ({ environment }) =>
        !seen.failed.has(environment) && !putOff.has(environment),
    );
    const step = steps[at];
    if (!step) {
      if (putOff.size === 0 || !options.onRetry?.()) break;
      putOff.clear();
      operation.attempt += 1;
      continue;
    }
    await options.beforeStep?.(step);
    const outcome = await executor.run(contextOf(step));
    if (outcome.kind === 'wait') {
      seen.waited.push(outcome.message);
      if (!(await options.onWait?.(outcome.message, outcome.afterMs))) break;
    } else if (mayPass(outcome) && options.onRetry) {
      putOff.add(step.environment);
    } else {
      const next = outcome.kind === 'done' ? outcome.next ?? [] : [];
      steps.splice(at, 1, ...next);
      seen.take(step, outcome);
      const stops = outcome.kind === 'failed' && !outcome.partial;
      if (stops || options.isCancelling?.()) break;
    }
  }
  return seen.result();
}

function mayPass(outcome: StepOutcome): boolean {
  return (
    outcome.kind === 'failed' &&
    outcome.partial === true &&
    outcome.error.retryable
  );
}
