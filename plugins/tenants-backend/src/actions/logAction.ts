// SPDX-License-Identifier: Apache-2.0
import type {
  LogMessage,
  LogSelection,
  TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  ACTION_LIMITS,
  nameInput,
  READ_ONLY,
  UNTRUSTED_NOTICE,
  withUntrusted,
  type ActionTools,
} from './ActionTools';
import { NewestText, type TextPart } from './NewestText';

/** get-tenant-logs: the newest lines, secrets masked. */
export function registerLogAction({ registry, as }: ActionTools): void {
  registry.register({
    name: 'get-tenant-logs',
    title: 'Get logs of a tenant',
    description: `The newest log lines of a tenant’s containers, ${ACTION_LIMITS.defaultLogLines} of each unless said otherwise. Secrets are masked. Select by environment, module, workload, pod or container to keep it short.`,
    attributes: READ_ONLY,
    schema: {
      input: z =>
        z.object({
          tenant: nameInput(z, 'Name of the tenant.'),
          environment: nameInput(z, 'Only this environment.').optional(),
          module: nameInput(z, 'Only this module.').optional(),
          workload: z.string().min(1).max(253).optional(),
          pod: z.string().min(1).max(253).optional(),
          container: nameInput(z, 'Only this container.').optional(),
          previous: z
            .boolean({ description: 'The log before the last crash.' })
            .optional(),
          lines: z.number().int().min(1).max(ACTION_LIMITS.logLines).optional(),
        }),
      output: z =>
        withUntrusted(
          z,
          { tenant: z.string(), truncated: z.boolean() },
          z.array(z.object({ from: z.string(), text: z.string() })),
        ),
    },
    action: async ({ input, credentials }) => {
      const { tenant, lines, ...selection } = input;
      const tailLines = lines ?? ACTION_LIMITS.defaultLogLines;
      const read = await readLogs(as(credentials), tenant, {
        ...selection,
        tailLines,
        // A model cannot know beforehand how many pods there are; `truncated` says that some are missing.
        partial: true,
      });
      return { output: { tenant, notice: UNTRUSTED_NOTICE, ...read } };
    },
  });
}

/** Reads until the log ends and keeps the newest lines. */
async function readLogs(
  api: TenantsApi,
  tenant: string,
  selection: LogSelection,
) {
  const signal = AbortSignal.timeout(ACTION_LIMITS.logWaitMs);
  const sources = new Map<number, string>();
  const newest = new NewestText(ACTION_LIMITS.logBytes);
  let isPartial = false;
  for await (const message of api.openLogs(tenant, selection, { signal })) {
    if (message.type === 'end' && message.reason !== 'completed') {
      throw new Error(`The logs of ${tenant} ended early: ${message.message}`);
    }
    isPartial ||= message.type === 'event' && message.event.type === 'leftOut';
    const batch = readBatch(message, sources);
    if (batch) newest.add(batch);
  }
  return {
    truncated: isPartial || newest.truncated,
    untrusted: [...newest.parts],
  };
}

function readBatch(
  message: LogMessage,
  sources: Map<number, string>,
): TextPart | undefined {
  if (message.type !== 'event') return undefined;
  const { event } = message;
  if (event.type === 'source') {
    const { id, environment, pod, container } = event.source;
    sources.set(id, `${environment}/${pod}/${container}`);
  }
  if (event.type !== 'lines') return undefined;
  return { from: sources.get(event.source) ?? '', text: event.text };
}
