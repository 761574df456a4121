// SPDX-License-Identifier: Apache-2.0
import type { FaultCase, FaultOutcome } from '../FaultCase';
import { TestPortal } from './TestPortal';

/** What an attack did. */
export type Attack = Pick<FaultOutcome, 'injected' | 'counts'>;

/** A case on a whole portal of its own, with its real sign-in, policy and neighbours. */
export function portalCase(
  id: string,
  title: string,
  expected: string,
  attack: (portal: TestPortal) => Promise<Attack>,
): FaultCase {
  return {
    id,
    title,
    expected,
    how: 'A portal with the shipped policy on simulated clusters, in a process of its own; requests over HTTP.',
    // Nothing here is left to chance.
    seed: 0,
    async run() {
      const portal = await TestPortal.start();
      try {
        return { ...(await attack(portal)), divergences: [] };
      } finally {
        await portal.stop();
      }
    },
  };
}
