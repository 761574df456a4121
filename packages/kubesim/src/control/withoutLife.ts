// SPDX-License-Identifier: Apache-2.0
import type { Life } from '../scenario/Life';

/** For a cluster of objects only: nothing happens by itself, and no container has a log. */
export function withoutLife(): Life {
  return {
    logs: { run: () => undefined },
    start: () => undefined,
    setBehaviour: () => false,
    stop: () => undefined,
  };
}
