// SPDX-License-Identifier: Apache-2.0
import { environmentSpecSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { z } from 'zod';
import type { StepPlan } from '../OperationExecutor';

const manifestSchema: z.ZodType<KubeManifest> = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
const renderedSchema = z.object({
  manifest: manifestSchema,
  module: z.string().optional(),
  wave: z.number(),
});
const recordSchema = z.object({
  tenant: z.string(),
  owner: z.string().optional(),
  environment: z.string(),
  cluster: z.string(),
  namespaces: z.array(z.string()),
  state: z.enum(['active', 'retained']),
  spec: environmentSpecSchema,
  revision: z.number(),
  releases: z.record(
    z.string(),
    z.object({ version: z.string(), hash: z.string() }),
  ),
  definitions: z.string(),
  fence: z.number(),
  applySetId: z.string(),
  places: z.record(z.string(), z.array(z.string())).optional(),
  operation: z.string().optional(),
});
const generatedSchema = z.object({
  name: z.string(),
  keys: z.array(z.string()),
  module: z.string(),
});
const workloadSchema = z.object({
  kind: z.string(),
  name: z.string(),
  namespace: z.string(),
  generation: z.number().optional(),
});
const stepPlanSchema: z.ZodType<StepPlan> = z.object({
  key: z.string(),
  title: z.string(),
  environment: z.string().optional(),
  cluster: z.string().optional(),
  wave: z.number().optional(),
  input: z.record(z.string(), z.json()),
});
/** An object to apply, and the version it was seen at; absent: it was not there. */
const appliedSchema = renderedSchema.extend({
  resourceVersion: z.string().optional(),
});

/** What each step is told by its journal. */
const stepInputSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('compare'),
    record: recordSchema,
    previous: recordSchema.optional(),
    objects: z.array(renderedSchema),
    generatedSecrets: z.array(generatedSchema),
    /** Namespaces that were not ours and shall be. */
    adopts: z.array(z.string()).default([]),
    /** What is done to the environment besides, after the writes that the comparison finds. */
    others: z.array(stepPlanSchema).default([]),
  }),
  z.object({ do: z.literal('claim'), record: recordSchema }),
  z.object({
    do: z.literal('apply'),
    record: recordSchema,
    objects: z.array(appliedSchema),
    adopts: z.array(z.string()),
    /** The namespace was not there: nothing in it needs to be looked for. */
    isFresh: z.boolean(),
    /** Looked at when everything is applied. */
    waitFor: z.array(workloadSchema),
  }),
  z.object({
    do: z.literal('secrets'),
    record: recordSchema,
    secrets: z.array(generatedSchema),
  }),
  z.object({
    do: z.literal('wait'),
    record: recordSchema,
    workloads: z.array(workloadSchema),
    since: z.number(),
  }),
  z.object({
    do: z.literal('prune'),
    record: recordSchema,
    /** `apiVersion/Kind namespace/name` of what shall be there. */
    keep: z.array(z.string()),
  }),
  z.object({ do: z.literal('record'), record: recordSchema }),
  z.object({
    do: z.literal('quiet'),
    record: recordSchema,
    /** `Kind/name` of what has its replicas in its manifest. */
    rendered: z.array(z.string()),
    asleep: z.boolean(),
  }),
  z.object({
    do: z.literal('restart'),
    record: recordSchema,
    kind: z.string(),
    name: z.string(),
  }),
  z.object({
    do: z.literal('scale'),
    record: recordSchema,
    kind: z.string(),
    name: z.string(),
    replicas: z.number(),
  }),
  z.object({ do: z.literal('volumes'), record: recordSchema }),
  z.object({ do: z.literal('purge'), record: recordSchema }),
  z.object({
    do: z.literal('gone'),
    record: recordSchema,
    /** Absent in what an older version planned: it waits without an end. */
    since: z.number().optional(),
  }),
  z.object({ do: z.literal('forget'), record: recordSchema }),
  z.object({
    do: z.literal('unavailable'),
    message: z.string(),
    /** The try in which the cluster could not be reached. */
    attempt: z.number().default(0),
  }),
]);

/** What a step is told. */
export type StepInput = z.infer<typeof stepInputSchema>;

/** The input of one sort of step. */
export type InputOf<K extends StepInput['do']> = Extract<StepInput, { do: K }>;

/** Reads a step’s journal. @throws ZodError when it is of no version we know */
export function readStepInput(step: StepPlan): StepInput {
  return stepInputSchema.parse(step.input);
}

const jsonObject = z.record(z.string(), z.json());

/** Plain JSON, as the journal keeps it. */
export function toJson(value: StepInput): JsonObject {
  return jsonObject.parse(JSON.parse(JSON.stringify(value)));
}
