// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Notifier, TenantNotice } from './operations/lifetime';

/** Tells people by the portal’s notifications. A portal without them is told in the log once. */
export class PortalNotifier implements Notifier {
  private hasFailed = false;

  constructor(
    private readonly options: {
      readonly notifications: NotificationService;
      readonly logger: LoggerService;
    },
  ) {}

  async notify(notice: TenantNotice): Promise<void> {
    const { recipients, ...rest } = notice;
    if (recipients.length === 0) return;
    const payload = { ...rest, topic: 'tenants' };
    try {
      await this.options.notifications.send({
        recipients: { type: 'entity', entityRef: [...recipients] },
        payload,
      });
      this.hasFailed = false;
    } catch (error) {
      if (this.hasFailed) return;
      this.hasFailed = true;
      this.options.logger.warn(
        'A notification could not be sent; is @backstage/plugin-notifications-backend installed?',
        error instanceof Error ? error : new Error(String(error)),
      );
    }
  }
}
