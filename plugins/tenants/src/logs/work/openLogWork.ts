// SPDX-License-Identifier: Apache-2.0
import { inlineLogWork, type LogWork } from './LogWork';
import { WorkerLogWork } from './WorkerLogWork';

/** The work on lines off this thread, where the browser has workers. */
export function openLogWork(): LogWork {
  if (typeof Worker === 'undefined') return inlineLogWork;
  return new WorkerLogWork({
    open: () =>
      // The bundler of the portal sees this and makes the worker a file of its own.
      new Worker(
        new URL(
          '@tenantry/backstage-plugin-tenants/log-worker',
          import.meta.url,
        ),
      ),
    schedule(ms, task) {
      const handle = setTimeout(task, ms);
      return () => clearTimeout(handle);
    },
  });
}
