// SPDX-License-Identifier: Apache-2.0
import type { Lease } from '../store/Lease';

/** A lease that must be there. @throws Error when nothing could be claimed */
export function held(lease: Lease | undefined): Lease {
  if (!lease) throw new Error('There was nothing to claim.');
  return lease;
}
