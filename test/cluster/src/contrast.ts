// SPDX-License-Identifier: Apache-2.0
import type { ApiTarget } from './ApiTarget';
import { compareSteps, type Difference } from './compare';
import type { ContractCase, Step } from './ContractCase';
import { withoutNewer } from './newerFields';
import { runCase } from './runCase';

/** Answers of a real server to a case. */
export type RealAnswers = {
  readonly server: string;
  readonly steps: readonly Step[];
};

/** Runs a case on the simulator and says where its answers are not those of the real server. */
export async function contrast(
  simulator: ApiTarget,
  contract: ContractCase,
  real: RealAnswers,
): Promise<Difference[]> {
  const steps = await runCase(simulator, contract);
  const seen = steps.map(step => ({
    ...step,
    ...(step.body !== undefined && {
      body: withoutNewer(step.body, real.server),
    }),
  }));
  return compareSteps(real.steps, seen, contract.meant);
}
