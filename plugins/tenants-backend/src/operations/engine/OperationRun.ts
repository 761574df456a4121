// SPDX-License-Identifier: Apache-2.0
import type {
  Operation,
  OperationError,
  OperationRequest,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  OperationExecutor,
  StepContext,
  StepOutcome,
} from '../OperationExecutor';
import { LeaseLostError, toOperationError } from '../OperationErrors';
import { requestOf, resultOf } from '../store/OperationRow';
import type { StepWrite } from '../store/writeEntry';
import { describeLease } from './describeLease';
import { joinResults, partialError, stepEvent } from './journalEntries';
import { LeaseKeeper } from './LeaseKeeper';
import { retryDelay } from './retryDelay';
import { RunJournal } from './RunJournal';
import type { RunEnd, RunOptions } from './RunOptions';
import { RunStop } from './RunStop';
import { StepList, type PutOff, type RunStep } from './StepList';

type StepEnd = 'next' | RunEnd;

/**
 * One operation under one lease: plan it once, then step by step: journal that a step begins, run it, journal how it ended. The
 * record that a step ended is written together with the record that the next one begins; between the two nothing happens.
 * A step that was begun and not ended is run again by whoever gets the lease next.
 *
 * A step that fails in a way that may pass ends the try; when it is only a part of the operation, the other environments go on
 * before that, and only its own environment waits for the next try.
 */
export class OperationRun {
  private readonly stopping: RunStop;
  private readonly journal: RunJournal;
  private readonly keeper: LeaseKeeper;
  private steps = StepList.fromRows([]);
  private result: Operation['result'];

  constructor(private readonly options: RunOptions) {
    const { lease, journal, clock, shutdown } = options;
    this.stopping = new RunStop({ operation: lease.id, clock, shutdown });
    const onLost = () => this.stopping.lose();
    this.keeper = new LeaseKeeper({
      lease,
      journal,
      clock,
      onLost,
      onCancelling: () => this.stopping.cancel(),
    });
    this.journal = new RunJournal({ ...options, onLost });
    this.result = resultOf(lease.row);
  }

  /** Looks whether somebody asked to cancel. */
  async check(): Promise<void> {
    await this.keeper.check();
  }

  /** Runs until the operation ends, waits or is lost. Never throws. */
  async run(): Promise<RunEnd> {
    const { lease } = this.options;
    this.stopping.start();
    if (lease.state === 'cancelling') this.stopping.cancel();
    this.keeper.start();
    this.journal.start();
    try {
      return await this.goThrough();
    } catch (error) {
      if (!(error instanceof LeaseLostError)) {
        this.options.onUnexpected(lease.id, error);
      }
      return { kind: 'lost' };
    } finally {
      this.keeper.stop();
      this.journal.stop();
      this.stopping.end();
    }
  }

  private async goThrough(): Promise<RunEnd> {
    const { lease, journal, executor } = this.options;
    const request = requestOf(lease.row);
    this.steps = StepList.fromRows(
      lease.row.planned === 1 ? await journal.steps(lease) : [],
    );
    if (lease.row.planned !== 1) {
      if (this.stopping.isCancelling) return this.stop();
      const refused = await this.plan(executor, request);
      if (refused) return refused;
    }
    for (;;) {
      const step = this.steps.next(this.options.lease.attempt);
      if (!step) return this.complete();
      const end = await this.runStep(step, request);
      if (end !== 'next') return end;
    }
  }

  /** Resolves with how the run ends when there is no plan. */
  private async plan(
    executor: OperationExecutor,
    request: OperationRequest,
  ): Promise<RunEnd | undefined> {
    try {
      const plans = await executor.plan(
        describeLease(this.options.lease),
        request,
        this.stopping.signal,
      );
      const { newSteps } = this.steps.insert(plans);
      this.journal.carry({ planned: true, newSteps });
      return undefined;
    } catch (error) {
      return this.fail(this.explain(error), []);
    }
  }

  private async runStep(
    step: RunStep,
    request: OperationRequest,
  ): Promise<StepEnd> {
    const interrupted = step.state === 'running';
    // A step that was interrupted is finished even then: it must not stay half done.
    if (this.stopping.isCancelling && !interrupted) return this.stop();
    if (this.stopping.isShutDown) return this.release();
    await this.begin(step, interrupted);
    if (this.stopping.isCancelling && !interrupted) return this.stop(step);
    const outcome = await this.outcomeOf(step, request);
    this.journal.current = undefined;
    if (this.stopping.isLost) throw new LeaseLostError(this.options.lease.id);
    return this.take(step, outcome);
  }

  private async outcomeOf(
    step: RunStep,
    request: OperationRequest,
  ): Promise<StepOutcome> {
    const { executor } = this.options;
    const run = executor.run(this.contextOf(step, request));
    try {
      return await Promise.race([run, this.stopping.abandoned()]);
    } catch (error) {
      // Whatever comes of it after it was given up is nobody’s.
      run.catch(() => undefined);
      if (error instanceof LeaseLostError) throw error;
      return { kind: 'failed', error: this.explain(error) };
    }
  }

  private async take(step: RunStep, outcome: StepOutcome): Promise<StepEnd> {
    switch (outcome.kind) {
      case 'done':
        return this.takeDone(step, outcome);
      case 'wait':
        return this.takeWait(step, outcome);
      default:
        return this.takeFailure(step, outcome);
    }
  }

  private takeDone(
    step: RunStep,
    {
      changes,
      next = [],
      message,
      result,
    }: Extract<StepOutcome, { kind: 'done' }>,
  ): StepEnd {
    step.state = 'succeeded';
    const { newSteps, moved } = this.steps.insert(next, step);
    const ended: StepWrite = {
      key: step.plan.key,
      state: 'succeeded',
      message: message ?? '',
      changes,
      ends: true,
    };
    if (result) this.result = joinResults(this.result, result);
    this.journal.carry({
      steps: [ended, ...moved],
      newSteps,
      ...(result ? { result: this.result } : {}),
      events: message ? [stepEvent(step, 'info', message)] : [],
    });
    return 'next';
  }

  private async takeWait(
    step: RunStep,
    { afterMs, message }: Extract<StepOutcome, { kind: 'wait' }>,
  ): Promise<StepEnd> {
    // Nothing is half done while a step waits.
    if (this.stopping.isCancelling) return this.stop(step);
    this.journal.carry({
      steps: [{ key: step.plan.key, message }],
      // Said when it changes, not each time it is looked at.
      events:
        message === step.waitsFor ? [] : [stepEvent(step, 'info', message)],
    });
    if (this.stopping.isShutDown) return this.release();
    await this.journal.settle({ type: 'waiting', forMs: afterMs });
    return { kind: 'again', afterMs };
  }

  private async takeFailure(
    step: RunStep,
    outcome: Extract<StepOutcome, { kind: 'failed' }>,
  ): Promise<StepEnd> {
    const { error, changes, partial } = outcome;
    const { key, environment } = step.plan;
    const { row, attempt } = this.options.lease;
    // Told to stop because the process ends: whoever comes next runs it again.
    if (this.stopping.isShutDown && !this.stopping.isCancelling) {
      return this.release();
    }
    const again = error.retryable && attempt < row.max_attempts;
    if (again && !this.stopping.isCancelling)
      return this.tryLater(step, outcome);
    step.state = 'failed';
    const failed: StepWrite = {
      key,
      state: 'failed',
      message: error.message,
      changes,
      error,
      ends: true,
    };
    const events = [stepEvent(step, 'error', error.message)];
    if (partial && !this.stopping.isCancelling) {
      const skipped =
        environment === undefined
          ? []
          : this.steps.skip(
              'A step of the environment before it failed.',
              environment,
            );
      step.error = error;
      this.journal.carry({ steps: [failed, ...skipped], events });
      return 'next';
    }
    this.journal.carry({ steps: [failed], events });
    return this.fail(error, this.steps.skip('A step before it failed.'));
  }

  /** The whole now, or, of a part, its own environment when the others have ended. */
  private async tryLater(
    step: RunStep,
    { error, changes, partial }: Extract<StepOutcome, { kind: 'failed' }>,
  ): Promise<StepEnd> {
    const { attempt } = this.options.lease;
    const { key } = step.plan;
    const { message } = error;
    const off: PutOff = { ...error, attempt };
    Object.assign(step, { state: 'pending', error, failedAt: attempt });
    this.journal.carry({
      steps: [{ key, state: 'pending', message, changes, error: off }],
      events: [stepEvent(step, 'warning', message)],
    });
    return partial ? 'next' : this.fail(error, []);
  }

  private async complete(): Promise<RunEnd> {
    const failed = this.steps.failed();
    const off = this.steps.putOff(this.options.lease.attempt);
    if (off.length > 0) {
      if (this.stopping.isCancelling) return this.stop();
      return this.fail(
        partialError([...off, ...failed], this.steps.length),
        [],
      );
    }
    const error =
      failed.length > 0 ? partialError(failed, this.steps.length) : undefined;
    await this.journal.settle({ type: 'completed', error });
    return { kind: 'ended' };
  }

  private async fail(
    error: OperationError,
    skipped: readonly StepWrite[],
  ): Promise<RunEnd> {
    if (this.stopping.isShutDown && !this.stopping.isCancelling) {
      return this.release();
    }
    const { lease, random } = this.options;
    const retryAfterMs = retryDelay(lease.attempt, random());
    this.journal.carry({ steps: skipped });
    await this.journal.settle({ type: 'failed', error, retryAfterMs });
    return { kind: 'ended' };
  }

  /** Ends it as cancelled; `step` was begun and has done nothing that is half done. */
  private async stop(step?: RunStep): Promise<RunEnd> {
    const message = 'The operation was cancelled before it.';
    if (step) step.state = 'pending';
    this.journal.carry({ steps: this.steps.skip(message) });
    await this.journal.settle({ type: 'stopped' });
    return { kind: 'ended' };
  }

  private async release(): Promise<RunEnd> {
    await this.journal.settle({ type: 'released' });
    return { kind: 'released' };
  }

  private async begin(step: RunStep, interrupted: boolean): Promise<void> {
    const { key, title } = step.plan;
    this.journal.current = step;
    step.state = 'running';
    if (step.waitsFor === undefined) {
      const again = interrupted ? ' (once more, after an interruption)' : '';
      this.journal.carry({
        steps: [{ key, state: 'running', begins: true, message: '' }],
        events: [stepEvent(step, 'info', `${title}${again}`)],
      });
    }
    await this.journal.write();
    if (this.options.lease.state === 'cancelling') this.stopping.cancel();
  }

  private contextOf(step: RunStep, request: OperationRequest): StepContext {
    return {
      operation: describeLease(this.options.lease),
      request,
      step: step.plan,
      fence: this.options.lease.fence,
      signal: this.stopping.signal,
      isCancelling: () => this.stopping.isCancelling,
      log: (level, message) =>
        this.journal.say({
          type: 'log',
          level,
          step: step.position,
          message,
        }),
      progress: message => this.journal.progress(message),
      holdLease: () => this.keeper.hold(),
    };
  }

  private explain(thrown: unknown): OperationError {
    const error = toOperationError(thrown);
    if (error.reason === 'Failed') {
      this.options.onUnexpected(this.options.lease.id, thrown);
    }
    return error;
  }
}
