// SPDX-License-Identifier: Apache-2.0
import type {
  OperationRequest,
  OperationType,
} from '@tenantry/backstage-plugin-tenants-common';
import type { ManifestFile } from '../../modules/manifestFiles';
import type { PlannedEnvironment, Planner } from '../../modules/Planner';
import { filesMessage } from '../filesMessage';
import type { OperationExecutor, StepContext } from '../OperationExecutor';
import { OperationRefusedError } from '../OperationErrors';

/** Types whose objects are delivered as files where `tenants.apply` is `pull-request`. */
export const RENDERED_TYPES = [
  'apply',
  'adopt',
  'rollback',
  'scale',
  'sleep',
  'wake',
  'members',
] as const satisfies readonly OperationType[];

/** What renders files. */
export type FilePorts = {
  readonly planner: Planner;
  readonly toFiles: (
    environments: readonly PlannedEnvironment[],
  ) => readonly ManifestFile[];
};

/**
 * In place of an executor that writes to clusters: renders what the environments would be as files for a pull request. Writes
 * nothing anywhere but the operation’s result.
 */
export function renderFilesExecutor(
  type: OperationType,
  { planner, toFiles }: FilePorts,
): OperationExecutor {
  return {
    type,
    plan: async () => [
      { key: 'render', title: 'Render files for a pull request', input: {} },
    ],
    async run({ operation, request, signal }) {
      const { environments } = await makePlan(planner, {
        operation,
        request,
        signal,
      });
      const files = toFiles(environments);
      const message = filesMessage(files, environments);
      return { kind: 'done', message, result: { files: [...files] } };
    },
  };
}

/** What is in files is deleted by deleting files. */
export function refuseDelete(): OperationExecutor {
  const refuse = () =>
    Promise.reject(
      new OperationRefusedError({
        reason: 'ManagedByFiles',
        message:
          'Environments are delivered by pull request here: use the template that decommissions by pull request, or remove the files of the environment in the repository, but those of its namespaces and volume claims.',
        retryable: false,
      }),
    );
  return { type: 'delete', plan: refuse, run: refuse };
}

async function makePlan(
  planner: Planner,
  {
    operation,
    request,
    signal,
  }: Pick<StepContext, 'operation' | 'signal'> & { request: OperationRequest },
) {
  const { requestedBy, ownership = [requestedBy] } = operation;
  const caller = { entityRef: requestedBy, ownership };
  const { tenant } = operation;
  const made = await planner.make({ tenant, request }, { caller, signal });
  const [refusal] = made.plan.refusals;
  if (!refusal) return made;
  throw new OperationRefusedError({
    reason: 'Refused',
    message: refusal.message,
    retryable: refusal.rule === 'cluster-unavailable',
  });
}
