// SPDX-License-Identifier: Apache-2.0

/** A simulated cluster as a bench needs it. */
export interface BenchCluster {
  readonly name: string;
  /** Where the portal reaches it. */
  readonly url: string;
  readonly token: string;
  /** What it would list of a resource now, named as in `deployments.apps`; nothing of one that it does not serve. */
  served(resource: string): Promise<readonly unknown[]> | readonly unknown[];
  stop(): Promise<void>;
}
