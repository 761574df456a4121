// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import { TENANTS_CHANGED_TOPIC } from '@tenantry/backstage-plugin-tenants-node';

type ReindexOptions = {
  readonly events: EventsService;
  readonly scheduler: Pick<SchedulerService, 'triggerTask'>;
  readonly logger: LoggerService;
  /** Type of the documents to index anew. */
  readonly type: string;
};

/**
 * Indexes a type anew when a tenant changed. The search plugin has no way to change one document, but its indexing task can be
 * started early. The task’s name is its own affair: where it has another one, or runs already, the schedule does the work.
 */
export async function reindexOnChange(options: ReindexOptions): Promise<void> {
  const { events, scheduler, logger, type } = options;
  await events.subscribe({
    id: `search-${type}`,
    topics: [TENANTS_CHANGED_TOPIC],
    onEvent: async () => {
      try {
        await scheduler.triggerTask(`search_index_${type}`);
      } catch (error) {
        logger.debug('Tenants are indexed at the next scheduled time', {
          reason: String(error),
        });
      }
    },
  });
}
