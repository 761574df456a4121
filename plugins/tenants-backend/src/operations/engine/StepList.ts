// SPDX-License-Identifier: Apache-2.0
import type {
  OperationError,
  OperationStep,
} from '@tenantry/backstage-plugin-tenants-common';
import type { StepPlan } from '../OperationExecutor';
import type { StepRow } from '../store/OperationRow';
import type { NewStep, StepWrite } from '../store/writeEntry';

/** Steps of one operation. */
export const MOST_STEPS = 2_000;

/** A step as its run knows it. */
export type RunStep = {
  readonly plan: StepPlan;
  position: number;
  state: OperationStep['state'];
  error?: OperationError;
  /** The try in which it failed in a way that may pass: it is run again in a later one. */
  failedAt?: number;
  /** What it waited for when it was last looked at. */
  waitsFor?: string;
};

/** Why a step failed that is pending again, as its row keeps it. */
export type PutOff = OperationError & { readonly attempt: number };

/** The steps of an operation in their order, and what has to be written when they change. */
export class StepList {
  private constructor(private readonly steps: RunStep[]) {}

  static fromRows(rows: readonly StepRow[]): StepList {
    return new StepList(
      rows.map(row => ({
        plan: {
          key: row.step_key,
          title: row.title,
          ...(row.environment === null ? {} : { environment: row.environment }),
          ...(row.cluster === null ? {} : { cluster: row.cluster }),
          ...(row.wave === null ? {} : { wave: row.wave }),
          input: JSON.parse(row.input),
        },
        position: row.position,
        state: row.state,
        ...failureOf(row),
        ...(row.state === 'running' && row.message
          ? { waitsFor: row.message }
          : {}),
      })),
    );
  }

  /** The step that runs next in a try: one that was interrupted, else the first that is pending and was not put off. */
  next(attempt: number): RunStep | undefined {
    const off = this.putOff(attempt);
    const environments = new Set(off.map(({ plan }) => plan.environment));
    const isOff = (step: RunStep) =>
      off.includes(step) ||
      (step.plan.environment !== undefined &&
        environments.has(step.plan.environment));
    return (
      this.steps.find(({ state }) => state === 'running') ??
      this.steps.find(step => step.state === 'pending' && !isOff(step))
    );
  }

  /** Those that failed in this try and are run again in the next one; with each its environment waits. */
  putOff(attempt: number): readonly RunStep[] {
    return this.steps.filter(
      ({ state, failedAt = 0 }) => state === 'pending' && failedAt >= attempt,
    );
  }

  /** Those that failed while others went on. */
  failed(): readonly RunStep[] {
    return this.steps.filter(({ state }) => state === 'failed');
  }

  get length(): number {
    return this.steps.length;
  }

  /**
   * Puts steps after one, or at the start. Those whose key is there already are left out: they were added before a crash.
   *
   * @throws RangeError when there would be too many
   */
  insert(
    plans: readonly StepPlan[],
    after?: RunStep,
  ): { newSteps: NewStep[]; moved: StepWrite[] } {
    const known = new Set(this.steps.map(({ plan }) => plan.key));
    const fresh = plans.filter(({ key }) => {
      const isNew = !known.has(key);
      known.add(key);
      return isNew;
    });
    if (this.steps.length + fresh.length > MOST_STEPS) {
      throw new RangeError(`An operation has at most ${MOST_STEPS} steps.`);
    }
    const at = after ? this.steps.indexOf(after) + 1 : this.steps.length;
    const added = fresh.map(
      (plan): RunStep => ({ plan, position: 0, state: 'pending' }),
    );
    this.steps.splice(at, 0, ...added);
    const moved: StepWrite[] = [];
    this.steps.forEach((step, position) => {
      if (step.position === position) return;
      step.position = position;
      if (!added.includes(step)) moved.push({ key: step.plan.key, position });
    });
    return {
      newSteps: added.map(({ plan, position }) => ({ ...plan, position })),
      moved,
    };
  }

  /** Marks those not begun as skipped: all of them, or those of one environment. */
  skip(message: string, environment?: string): StepWrite[] {
    const skipped = this.steps.filter(
      ({ state, plan }) =>
        state === 'pending' &&
        (environment === undefined || plan.environment === environment),
    );
    return skipped.map(step => {
      step.state = 'skipped';
      return { key: step.plan.key, state: 'skipped', message };
    });
  }
}

function failureOf(row: StepRow): Pick<RunStep, 'error' | 'failedAt'> {
  if (row.error === null) return {};
  const error: OperationError & Partial<PutOff> = JSON.parse(row.error);
  const { attempt } = error;
  return { error, ...(attempt === undefined ? {} : { failedAt: attempt }) };
}
