// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Operation,
  OperationRequestInput,
  TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantsService } from '@tenantry/backstage-plugin-tenants-node';
import { describePlan, refuseIfRefused } from '../progress/describePlan';

/** What every action is made from. */
export type TenantActionOptions = {
  readonly tenants: Pick<TenantsService, 'as'>;
  /** Waits between two looks at an operation; replaced by tests. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** The part of a task that starting an operation needs. */
type StartContext = {
  readonly api: TenantsApi;
  readonly logger: Pick<LoggerService, 'info'>;
  readonly task: { readonly id: string };
  readonly step?: { readonly id?: string };
  readonly signal?: AbortSignal;
  checkpoint(opts: { key: string; fn: () => Promise<string> }): Promise<string>;
};

/** Plans a request, writes the plan into the task’s log and refuses what cannot be done. */
export async function planRequest(
  { api, logger, signal }: Pick<StartContext, 'api' | 'logger' | 'signal'>,
  tenant: string,
  request: OperationRequestInput,
) {
  const plan = await api.operations.plan({ tenant, request }, { signal });
  describePlan(plan).forEach(line => logger.info(line));
  plan.notes.forEach(({ subject, message }) =>
    logger.info(`Note on ${subject}: ${message}`),
  );
  refuseIfRefused(plan);
  return plan;
}

/** Starts an operation once, however often the task is tried: the key is the task’s and the step’s. */
export async function startOnce(
  context: StartContext,
  tenant: string,
  request: OperationRequestInput,
): Promise<Operation['id']> {
  const { api, task, step, signal, logger } = context;
  const stepId = step?.id ?? request.type;
  const id = await context.checkpoint({
    key: `tenants.${request.type}.${tenant}.${stepId}`,
    fn: async () => {
      const operation = await api.operations.start(tenant, request, {
        idempotencyKey: toKey(`scaffolder-${task.id}-${stepId}`),
        signal,
      });
      return operation.id;
    },
  });
  logger.info(`Operation ${id} is under way.`);
  return id;
}

/** The characters and the length that a key may have. */
function toKey(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 100);
}
