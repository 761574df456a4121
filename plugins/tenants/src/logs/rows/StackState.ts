// SPDX-License-Identifier: Apache-2.0
import { LINE_FLAG } from '../work/LogColumns';

const WARN = 3;

/** A stack goes on within this time after its line before. */
const MAX_PAUSE_MS = 2_000;

/** What is known of the last line of one container. */
export type StackState = {
  readonly level: number;
  readonly at: number;
  readonly shown: boolean;
  /** Inside of a stack: frames may come that are not indented. */
  readonly inStack: boolean;
  /** Inside of a Python traceback, which ends with the exception. */
  readonly inTraceback: boolean;
  /** Place of the row for the lines that were put away; absent: none yet. */
  readonly place?: number;
  /** Key of the first of them. */
  readonly foldKey?: number;
};

/** Whether a line goes on with the one before it of the same container. Pure. */
export function continues(
  before: StackState | undefined,
  flags: number,
  at: number,
): boolean {
  if (!before || at - before.at > MAX_PAUSE_MS) return false;
  if (flags & LINE_FLAG.indented) return true;
  if (flags & LINE_FLAG.traceHead) {
    return before.inStack || before.level >= WARN;
  }
  if (flags & LINE_FLAG.bareFrame) return before.inStack;
  return (flags & LINE_FLAG.exception) !== 0 && before.inTraceback;
}

/** The state after a line that goes on. Pure. */
export function afterContinuing(
  before: StackState,
  flags: number,
  at: number,
): StackState {
  const isHead = (flags & LINE_FLAG.traceHead) !== 0;
  return {
    ...before,
    at,
    inStack: true,
    inTraceback:
      (before.inTraceback || isHead) && !(flags & LINE_FLAG.exception),
  };
}
