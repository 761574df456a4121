// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Tenant } from '@tenantry/backstage-plugin-tenants-common';
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

/** Looks every minute, on one replica, at what ends, sleeps, wakes or has to be told. */
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
    id: 'tenants-lifetime',
    scope: 'global',
    frequency: { minutes: 1 },
    initialDelay: { minutes: 1 },
    timeout: { minutes: 10 },
    fn: async signal => {
      await lifetimes.run(signal);
      await notices.run();
    },
  });
}
