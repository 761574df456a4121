// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react';
import { formatClock } from '../formatting/moment';
import { useTimeFormat } from './useTimeFormat';

/** Writes a moment as the time of day, with its zone: the reader's own where they chose it, else UTC. */
export function useClock(): (at: number) => string {
  const [format] = useTimeFormat();
  return useCallback(
    at => formatClock(at, format === 'local' ? undefined : 'UTC'),
    [format],
  );
}
