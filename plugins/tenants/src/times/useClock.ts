// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react';
import { formatClock } from '../formatting/moment';
import { useTimeZone } from './useTimeZone';

/** Writes a moment as the time of day, with its zone: the reader's own where they chose it, else UTC. */
export function useClock(): (at: number) => string {
  const zone = useTimeZone();
  return useCallback(at => formatClock(at, zone), [zone]);
}
