// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  environmentSpecSchema,
  type EnvironmentSpec,
} from '@tenantry/backstage-plugin-tenants-common';
import type { z as ZodV3 } from 'zod/v3';
import {
  nameInput,
  READ_ONLY,
  withUntrusted,
  type ActionTools,
} from './ActionTools';
import { describeOperation } from './describeOperation';
import { describePlan } from './describePlan';

const CHANGES = {
  readOnly: false,
  destructive: true,
  idempotent: true,
} as const;
/** Done twice, it is done twice: only the same `requestId` makes it one. */
const REPEATS = { ...CHANGES, idempotent: false } as const;
const operationOutput = (z: typeof ZodV3) =>
  withUntrusted(
    z,
    { operation: z.object({}).passthrough() },
    z.object({}).passthrough(),
  );
const workloadInput = (z: typeof ZodV3) => ({
  tenant: nameInput(z, 'Name of the tenant.'),
  environment: nameInput(z, 'Name of the environment.'),
  workload: z
    .string({ description: 'Kind/name, such as Deployment/web.' })
    .max(320),
  requestId: requestId(z),
});

/** plan-tenant, apply-tenant, restart-workload, scale-workload, get-operation, cancel-operation. */
export function registerOperationActions(tools: ActionTools): void {
  registerSpecActions(tools);
  registerWorkloadActions(tools);
  registerOperationReaders(tools);
}

function specInput(z: typeof ZodV3) {
  return {
    tenant: nameInput(z, 'Name of the tenant; may be new.'),
    owner: z
      .string({ description: 'Owner, such as group:default/team-a.' })
      .max(135)
      .optional(),
    environments: z
      .array(z.object({}).passthrough(), {
        description:
          'Environments as they shall be: {name, cluster, tier, modules: [{name, version?, parameters?}], members: [{subject, role}]}. An environment is replaced as a whole; those left out stay as they are.',
      })
      .min(1)
      .max(20),
  };
}

function requestId(z: typeof ZodV3) {
  return z
    .string({
      description:
        'The same id makes a repeated call the same operation. Choose one for each thing you mean to do.',
    })
    .regex(/^[A-Za-z0-9._-]{1,80}$/)
    .optional();
}

function registerSpecActions({ registry, as }: ActionTools): void {
  registry.register({
    name: 'plan-tenant',
    title: 'Plan a tenant',
    description:
      'Says what creating or changing a tenant would do, whether it fits the quota, and what would make it possible if it is refused. Changes nothing.',
    attributes: READ_ONLY,
    schema: {
      input: z => z.object(specInput(z)),
      output: z => z.object({ plan: z.object({}).passthrough() }),
    },
    action: async ({ input, credentials }) => {
      const { tenant, owner, environments } = input;
      const plan = await as(credentials).operations.plan({
        tenant,
        request: {
          type: 'apply',
          owner,
          environments: readSpecs(environments),
        },
      });
      return { output: { plan: describePlan(plan) } };
    },
  });
  registry.register({
    name: 'apply-tenant',
    title: 'Apply a tenant',
    description:
      'Creates or changes a tenant. Plan it first and show the plan; give its version as planVersion. Answers with an operation to follow by get-operation.',
    attributes: CHANGES,
    schema: {
      input: z =>
        z.object({
          ...specInput(z),
          planVersion: z.string().max(100),
          requestId: requestId(z),
        }),
      output: operationOutput,
    },
    action: async ({ input, credentials }) => {
      const { tenant, owner, environments, planVersion } = input;
      const operation = await as(credentials).operations.start(
        tenant,
        {
          type: 'apply',
          owner,
          environments: readSpecs(environments),
          planVersion,
        },
        toKey(input.requestId),
      );
      return { output: describeOperation(operation) };
    },
  });
}

function registerWorkloadActions({ registry, as }: ActionTools): void {
  registry.register({
    name: 'restart-workload',
    title: 'Restart a workload',
    description: 'Replaces the pods of a workload one after another.',
    attributes: REPEATS,
    schema: { input: z => z.object(workloadInput(z)), output: operationOutput },
    action: async ({ input, credentials }) => {
      const { tenant, environment, workload } = input;
      const operation = await as(credentials).operations.start(
        tenant,
        { type: 'restart', environment, workload },
        toKey(input.requestId),
      );
      return { output: describeOperation(operation) };
    },
  });
  registry.register({
    name: 'scale-workload',
    title: 'Scale a workload',
    description:
      'Sets the replicas of a workload. Refused where it would not fit the quota.',
    attributes: CHANGES,
    schema: {
      input: z =>
        z.object({
          ...workloadInput(z),
          replicas: z.number().int().min(0).max(1_000),
        }),
      output: operationOutput,
    },
    action: async ({ input, credentials }) => {
      const { tenant, environment, workload, replicas } = input;
      const operation = await as(credentials).operations.start(
        tenant,
        { type: 'scale', environment, workload, replicas },
        toKey(input.requestId),
      );
      return { output: describeOperation(operation) };
    },
  });
}

function registerOperationReaders({ registry, as }: ActionTools): void {
  registry.register({
    name: 'get-operation',
    title: 'Get an operation',
    description:
      'How far an operation is: its state, steps, what it changed, and why it failed.',
    attributes: READ_ONLY,
    schema: {
      input: z => z.object({ operation: z.string().min(1).max(100) }),
      output: operationOutput,
    },
    action: async ({ input, credentials }) => {
      const operation = await as(credentials).operations.get(input.operation);
      return { output: describeOperation(operation) };
    },
  });
  registry.register({
    name: 'cancel-operation',
    title: 'Cancel an operation',
    description:
      'Asks an operation to stop. What it has changed stays changed.',
    attributes: CHANGES,
    schema: {
      input: z => z.object({ operation: z.string().min(1).max(100) }),
      output: operationOutput,
    },
    action: async ({ input, credentials }) => {
      const { operations } = as(credentials);
      const operation = await operations.cancel(input.operation);
      return { output: describeOperation(operation) };
    },
  });
}

function toKey(id: string | undefined) {
  return id === undefined ? {} : { idempotencyKey: `action-${id}` };
}

/** @throws InputError that names the field */
function readSpecs(environments: readonly unknown[]): EnvironmentSpec[] {
  return environments.map((environment, index) => {
    const parsed = environmentSpecSchema.safeParse(environment);
    if (parsed.success) return parsed.data;
    const [{ path, message }] = parsed.error.issues;
    const field = ['environments', index, ...path].join('.');
    throw new InputError(`The input ${field} is wrong: ${message}.`);
  });
}
