// SPDX-License-Identifier: Apache-2.0
import type { OperationType } from '@tenantry/backstage-plugin-tenants-common';
import type {
  OperationExecutor,
  StepContext,
  StepOutcome,
  StepPlan,
} from '../OperationExecutor';

type Script = (context: StepContext) => Promise<StepOutcome>;

/** An executor that does what a test says, step by step, and remembers what was run. */
export class ScriptedExecutor implements OperationExecutor {
  /** Keys of the steps that were run, in order; twice when a step was run twice. */
  readonly ran: string[] = [];
  private readonly scripts = new Map<string, Script>();
  private planning: OperationExecutor['plan'];

  constructor(
    readonly type: OperationType,
    keys: readonly (string | StepPlan)[] = ['only'],
  ) {
    this.planning = async () => keys.map(toPlan);
  }

  /** Replaces what a step does; without a script it is done at once. */
  on(key: string, script: Script): this {
    this.scripts.set(key, script);
    return this;
  }

  /** Replaces how it plans. */
  onPlan(plan: OperationExecutor['plan']): this {
    this.planning = plan;
    return this;
  }

  plan: OperationExecutor['plan'] = (operation, request, signal) =>
    this.planning(operation, request, signal);

  async run(context: StepContext): Promise<StepOutcome> {
    const { key } = context.step;
    this.ran.push(key);
    return (await this.scripts.get(key)?.(context)) ?? { kind: 'done' };
  }
}

/** A step with nothing but its name. */
export function toPlan(step: string | StepPlan): StepPlan {
  return typeof step === 'string'
    ? { key: step, title: `Do ${step}`, input: {} }
    : step;
}
