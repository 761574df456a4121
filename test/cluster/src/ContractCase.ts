// SPDX-License-Identifier: Apache-2.0
import type { Json } from './Json';
import type { Session } from './Session';

/** A difference that is meant: the simulator speaks 1.32, the server at hand may be older. */
export type MeantDifference = {
  /** Where, as the comparison prints it; `*` stands for any part. */
  readonly at: string;
  readonly because: string;
};

/** The same calls for every server; what they answer is compared call by call. */
export type ContractCase = {
  /** A sentence of the rule; unique. */
  readonly name: string;
  /** The Kubernetes version that has what is called. */
  readonly since: string;
  /** The recording of a real server it is compared with, instead of a server. */
  readonly recording?: string;
  readonly meant?: readonly MeantDifference[];
  run(api: Session): Promise<void>;
};

/** Cases about one part of the API. */
export type ContractArea = {
  readonly area: string;
  readonly cases: readonly ContractCase[];
};

/** One call of a case with its answer, masked. */
export type Step = {
  readonly call: string;
  readonly status?: number;
  readonly body?: Json;
};
