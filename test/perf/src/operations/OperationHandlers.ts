// SPDX-License-Identifier: Apache-2.0

/** A worker of operations, or of jobs: what the benchmark asks of it. */
export type OperationHandlers = {
  /** Makes ready, without taking anything. */
  prepare(input: { connection: string; concurrency: number }): Promise<void>;
  /** Takes what there is, until `rest`. */
  work(): Promise<void>;
  rest(): Promise<void>;
};
