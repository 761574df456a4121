// SPDX-License-Identifier: Apache-2.0
import { useCallback } from 'react';
import { formatDateTime } from '../formatting/moment';
import { useTimeZone } from './useTimeZone';

/** Writes a moment as date and time of day, with its zone: the reader's own where they chose it, else UTC. */
export function useDateTime(): (at: number) => string {
  const zone = useTimeZone();
  return useCallback(at => formatDateTime(at, zone), [zone]);
}
