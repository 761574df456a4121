// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '../kube/KubeApi';

/**
 * A cluster for the contract suite, with an adapter on it. ConfigMaps are written; the namespaces `one` and `two` exist.
 *
 * @public
 */
export type KubeApiHarness = {
  readonly api: KubeApi;
  /** Creates the ConfigMap, or replaces its data. */
  write(
    namespace: string,
    name: string,
    data: Readonly<Record<string, string>>,
  ): Promise<void>;
  remove(namespace: string, name: string): Promise<void>;
  /** Makes resource versions and `continue` tokens of before expire. */
  expireHistory(): Promise<void>;
  /** A container with a log of these lines. */
  readonly log?: {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
    readonly text: string;
  };
  stop(): Promise<void>;
};
