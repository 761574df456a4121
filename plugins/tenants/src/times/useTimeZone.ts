// SPDX-License-Identifier: Apache-2.0
import { useTimeFormat } from './useTimeFormat';

/** The zone that moments are written in: UTC, or `undefined` for the reader's own where they chose it. */
export function useTimeZone(): string | undefined {
  const [format] = useTimeFormat();
  return format === 'local' ? undefined : 'UTC';
}
