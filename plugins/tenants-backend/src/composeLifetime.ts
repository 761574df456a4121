// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
import { readTenantsConfig } from './config';
import { readLifetimeConfig } from './lifetimeConfig';
import { LifetimeKeeper, NoticeKeeper } from './operations/lifetime';
import type { OperationService } from './operations/OperationService';
import type { OperationHistory } from './operations/store/OperationHistory';
import { PortalNotifier } from './PortalNotifier';
import type { EnvironmentRecords } from './records/EnvironmentRecords';
import type { Clock } from './time/Clock';

type LifetimeParts = {
  readonly clock: Clock;
  readonly config: RootConfigService;
  readonly history: OperationHistory;
  readonly logger: LoggerService;
  readonly notifications: NotificationService;
  readonly operations: OperationService;
  readonly records: EnvironmentRecords;
  readonly report: (what: string) => (subject: string, error: unknown) => void;
  readonly scheduler: SchedulerService;
  readonly tenants: () => Iterable<Tenant>;
};

/** Looks on one replica, every minute at what ends, sleeps or wakes, and more often at what has to be told. */
export async function scheduleLifetime(parts: LifetimeParts): Promise<void> {
  const notifier = new PortalNotifier(parts);
  const lifetimes = new LifetimeKeeper({
    ...parts,
    notifier,
    settings: readLifetimeConfig(parts.config),
    onFailure: parts.report('A scheduled operation could not be started'),
  });
  const notices = new NoticeKeeper({ ...parts, notifier });
  await parts.scheduler.scheduleTask({
    id: 'tenants-notices',
    scope: 'global',
    frequency: { seconds: 10 },
    initialDelay: { seconds: 10 },
    timeout: { minutes: 1 },
    fn: () => notices.run(),
  });
  if (readTenantsConfig(parts.config).readOnly) return;
  await parts.scheduler.scheduleTask({
    id: 'tenants-lifetime',
    scope: 'global',
    frequency: { minutes: 1 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 10 },
    fn: signal => lifetimes.run(signal),
  });
}
