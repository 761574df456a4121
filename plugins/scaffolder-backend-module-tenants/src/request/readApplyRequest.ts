// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  environmentChangeSchema,
  operationRequestSchema,
  overlayEnvironment,
  type EnvironmentChange,
  type OperationRequest,
  type TenantsApi,
} from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';

const inputSchema = z.strictObject({
  tenant: z.string(),
  owner: z.string().optional(),
  environments: z.array(z.unknown()).optional(),
  changes: z.array(environmentChangeSchema).optional(),
});

type ApplyRequest = Extract<OperationRequest, { type: 'apply' }>;

/**
 * The request that a template’s input stands for: whole environments as they are given, or changes laid over what the
 * environments are now.
 *
 * @throws InputError that names the field
 */
export async function readApplyRequest(
  input: unknown,
  api: Pick<TenantsApi, 'operations'>,
): Promise<{ readonly tenant: string; readonly request: ApplyRequest }> {
  const { tenant, owner, environments, changes } = parse(inputSchema, input);
  if ((environments === undefined) === (changes === undefined)) {
    throw new InputError(
      'Give either environments, each as a whole, or changes of environments that exist.',
    );
  }
  const request = parse(operationRequestSchema, {
    type: 'apply',
    ...(owner === undefined ? {} : { owner }),
    environments: environments ?? (await change(tenant, changes ?? [], api)),
  });
  if (request.type !== 'apply') throw new InputError('Not an apply.');
  return { tenant, request };
}

async function change(
  tenant: string,
  changes: readonly EnvironmentChange[],
  api: Pick<TenantsApi, 'operations'>,
) {
  const { items } = await api.operations.listRevisions(tenant);
  return changes.map(wanted => {
    const current = items.find(
      revision => revision.current && revision.environment === wanted.name,
    );
    if (!current) {
      throw new InputError(
        `${tenant} has no environment ${wanted.name} that Tenantry made, so there is nothing to change. Adopt it first, or give it as a whole under environments.`,
      );
    }
    return overlayEnvironment(current.spec, wanted);
  });
}

const membersInputSchema = z.strictObject({
  tenant: z.string(),
  members: z.record(z.string(), z.unknown()),
});

const decommissionInputSchema = z.strictObject({
  tenant: z.string(),
  decommission: z.strictObject({
    environments: z.array(z.string()).min(1).optional(),
  }),
});

/**
 * As {@link readApplyRequest}; `members` instead stands for a change of members, `decommission` for a delete, in all environments or
 * in those it names.
 *
 * @throws InputError that names the field
 */
export async function readRenderRequest(
  input: Readonly<Record<string, unknown>>,
  api: Pick<TenantsApi, 'operations'>,
): Promise<{ readonly tenant: string; readonly request: OperationRequest }> {
  if (input.decommission !== undefined) return readDecommission(input);
  if (input.members === undefined) return readApplyRequest(input, api);
  const { tenant, members } = parse(membersInputSchema, input);
  const request = parse(operationRequestSchema, {
    ...members,
    type: 'members',
  });
  return { tenant, request };
}

function readDecommission(input: Readonly<Record<string, unknown>>) {
  const { tenant, decommission } = parse(decommissionInputSchema, input);
  const request = parse(operationRequestSchema, {
    ...decommission,
    type: 'delete',
  });
  return { tenant, request };
}

/** @throws InputError that names the first field that is wrong */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(
    `The input ${issue.path.join('.') || 'of the action'} is wrong: ${
      issue.message
    }.`,
  );
}
