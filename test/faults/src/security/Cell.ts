// SPDX-License-Identifier: Apache-2.0
import { matrixCallers, type MatrixCaller } from './callers';
import type { TestPortal } from './TestPortal';

/** One thing that can be tried on the portal. */
export type Door = {
  readonly name: string;
  /** What the policy says must come back. */
  readonly expected: (caller: MatrixCaller) => string;
  /** What comes back, in the same words. */
  readonly attempt: (
    portal: TestPortal,
    caller: MatrixCaller,
  ) => Promise<string>;
};

/** A cell of the matrix that is not as the policy says. */
export type WrongCell = {
  readonly door: string;
  readonly caller: string;
  readonly expected: string;
  readonly got: string;
};

/** Tries every door as every caller. */
export async function tryDoors(
  portal: TestPortal,
  doors: readonly Door[],
): Promise<{ readonly cells: number; readonly wrong: readonly WrongCell[] }> {
  const wrong: WrongCell[] = [];
  for (const { name: door, expected, attempt } of doors) {
    for (const caller of matrixCallers) {
      const got = await attempt(portal, caller);
      const wanted = expected(caller);
      if (got !== wanted) {
        wrong.push({ door, caller: caller.name, expected: wanted, got });
      }
    }
  }
  return { cells: doors.length * matrixCallers.length, wrong };
}
