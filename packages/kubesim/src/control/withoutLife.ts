// SPDX-License-Identifier: Apache-2.0
import { ControllerErrors } from '../controllers/ControllerErrors';
import type { Life } from '../scenario/Life';

/** For a cluster of objects only: nothing happens by itself, and no container has a log. */
export function withoutLife(): Life {
  return {
    logs: { run: () => undefined },
    metrics: undefined,
    errors: new ControllerErrors({ now: () => 0 }),
    start: () => undefined,
    setBehaviour: () => false,
    setLoad: () => false,
    behaviourOf: () => ({ type: 'healthy' }),
    stop: () => undefined,
  };
}
