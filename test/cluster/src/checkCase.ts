// SPDX-License-Identifier: Apache-2.0
import type { ApiTarget } from './ApiTarget';
import { compareSteps, type Difference } from './compare';
import type { ContractCase, Step } from './ContractCase';
import type { CaseOutcome } from './CaseResult';
import { withoutNewer } from './newerFields';
import { runCase } from './runCase';

/** Answers of a real server to a case. */
export type RealAnswers = {
  readonly server: string;
  readonly steps: readonly Step[];
};

/** Runs a case on the simulator and compares it with the real answers; without them, with what it expects itself. */
export async function checkCase(
  simulator: ApiTarget,
  contract: ContractCase,
  real?: RealAnswers,
): Promise<{ outcome: CaseOutcome; differences: readonly Difference[] }> {
  const { steps, unmet } = await runCase(simulator, contract);
  if (!real)
    return unmet.length > 0
      ? { outcome: 'different', differences: unmet }
      : {
          outcome: contract.recording ? 'recording' : 'unverified',
          differences: [],
        };
  const comparable = (some: readonly Step[]) =>
    some.map(step => ({
      ...step,
      ...(step.body !== undefined && {
        body: withoutNewer(step.body, real.server),
      }),
    }));
  const differences = compareSteps(
    comparable(real.steps),
    comparable(steps),
    contract.meant,
  );
  return {
    outcome: differences.length === 0 ? 'equal' : 'different',
    differences,
  };
}
