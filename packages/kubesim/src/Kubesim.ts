// SPDX-License-Identifier: Apache-2.0
import type { RequestCounter } from './api/RequestCounter';
import type { Faults } from './faults/Faults';
import type { Life } from './scenario/Life';
import type { Objects } from './storage/Objects';

/** Somebody to write a kubeconfig for; what they may is up to roles and bindings. @public */
export type ClusterUser = {
  readonly user: string;
  readonly groups?: readonly string[];
};

/** A running simulated cluster. @public */
export interface Kubesim {
  /** As in `http://127.0.0.1:8901`. */
  readonly url: string;
  /** A bearer token that may do everything. */
  readonly token: string;
  /** YAML text for kubectl as an administrator. */
  readonly kubeconfig: string;
  /** PEM of the authority that signed the server’s certificate; `undefined` over plain HTTP. */
  readonly certificateAuthority?: string;
  /** YAML text for kubectl as somebody else. */
  kubeconfigFor(user: ClusterUser): string;
  readonly objects: Objects;
  readonly requests: RequestCounter;
  readonly faults: Faults;
  readonly life: Life;
  /** Forgets all changes and list snapshots: old watches and continue tokens get 410. */
  compact(): void;
  /** Sends a bookmark to every watch that asked for them, now. */
  bookmark(): void;
  /** Stops everything; open watches end. */
  stop(): Promise<void>;
}
