// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';

function statusBytes(field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status);
  return Number(line?.[1] ?? NaN) * 1024;
}

function collect(): void {
  global.gc?.();
  global.gc?.();
}

/** What every measured process can say of itself. Linux only: the peak can be reset nowhere else. */
export const resourceUse = {
  /** Seconds of CPU used since the start, user and system, all threads. */
  cpuSeconds: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  /** Bytes of heap and external memory in use after a full collection. */
  usedBytes: () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  /** Resident bytes after a full collection. */
  residentBytes: () => {
    collect();
    return statusBytes('VmRSS');
  },
  /** The most resident bytes since the start or the last `resetPeak`. */
  peakBytes: () => statusBytes('VmHWM'),
  resetPeak: () => writeFileSync('/proc/self/clear_refs', '5'),
};
