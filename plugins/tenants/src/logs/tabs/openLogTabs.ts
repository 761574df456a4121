// SPDX-License-Identifier: Apache-2.0
import { browserEnvironment } from '../../live/LiveEnvironment';
import { LogTabs } from './LogTabs';

const CHANNEL = 'tenantry-logs';

let tabs: LogTabs | undefined;

/** The tabs of this browser; `undefined` where tabs cannot speak to one another. */
export function openLogTabs(): LogTabs | undefined {
  if (typeof BroadcastChannel === 'undefined') return undefined;
  tabs ??= new LogTabs({
    channel: new BroadcastChannel(CHANNEL),
    env: browserEnvironment,
    self: crypto.randomUUID(),
  });
  return tabs;
}
