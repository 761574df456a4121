// SPDX-License-Identifier: Apache-2.0
import type { startPortal } from '../../starting';

/** What a run plays on. */
export type Stage = {
  readonly url: string;
  /** Each of a user of its own. */
  readonly tokens: readonly string[];
  /** The API server. */
  readonly server: string;
  readonly lines: number;
  readonly portal: ReturnType<typeof startPortal>;
};
