// SPDX-License-Identifier: Apache-2.0

/** A worker of operations, or of jobs: what the benchmark asks of it. */
export type OperationHandlers = {
  /** Makes ready, without taking anything. `connection` is that of PostgreSQL, or `sqlite:` and a file. */
  prepare(input: { connection: string; concurrency: number }): Promise<void>;
  /** Takes what there is, until `rest`. With faults, each hundredth step fails in its first try in a way that may pass. */
  work(input?: { faults: boolean }): Promise<void>;
  rest(): Promise<void>;
  /** Milliseconds from when each single job was put into the queue until it began. */
  begun(): Promise<readonly number[]>;
};

/** Steps of each operation. */
export const STEPS = 6;

/** Whether a step of an operation fails in its first try: one of a hundred. */
export function isFaulty(operation: string, step: number): boolean {
  return (Number(operation.slice(1)) * STEPS + step) % 100 === 0;
}
