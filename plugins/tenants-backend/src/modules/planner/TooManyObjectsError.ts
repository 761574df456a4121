// SPDX-License-Identifier: Apache-2.0
import { PLANNER_LIMITS } from './PlannerPorts';

/** An environment with more objects than are compared. */
export class TooManyObjectsError extends Error {
  constructor(count: number) {
    super(
      `It has ${count} objects; ${PLANNER_LIMITS.objects} are compared at most. Divide it.`,
    );
    this.name = 'TooManyObjectsError';
  }
}
