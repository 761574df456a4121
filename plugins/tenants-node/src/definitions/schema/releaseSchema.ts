// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import {
  amountValue,
  capabilityText,
  chartNameText,
  chartRepoText,
  entityRefText,
  keyText,
  labelText,
  markdown,
  needText,
  rangeText,
  text,
  versionText,
} from './words';

const need = z.strictObject({
  name: labelText,
  version: rangeText.optional(),
});
const needSchema = z.union([needText, need]);

const conflictSchema = z.union([
  needText,
  need.extend({ reason: text.optional() }),
]);

const secretSchema = z.strictObject({
  name: labelText,
  description: text.optional(),
  required: z.boolean().optional(),
  generate: z.boolean().optional(),
});

const endpointSchema = z.strictObject({
  name: labelText,
  service: z.string().min(1).max(63),
  port: z.number().int().min(1).max(65535),
  path: z.string().max(500).regex(/^\//).optional(),
  description: text.optional(),
});

const chartSchema = z.strictObject({
  repo: chartRepoText.optional(),
  name: chartNameText,
  version: z.string().min(1).max(100).optional(),
});

const reference = z.string().min(1).max(500);
const json = z.record(z.string(), z.unknown());

/** What a release may say; a module without `releases` says it itself. */
export const releaseFields = {
  kubernetes: rangeText.optional(),
  dependencies: z.array(needSchema).max(100).optional(),
  recommends: z.array(needSchema).max(100).optional(),
  conflicts: z.array(conflictSchema).max(100).optional(),
  provides: z.array(capabilityText).max(100).optional(),
  parameters: json
    .optional()
    .describe('JSON Schema of the parameters; becomes the form.'),
  tierParameters: z
    .record(keyText, json)
    .optional()
    .describe('Parameter values per tier.'),
  allowedTiers: z.array(keyText).min(1).max(100).optional(),
  allowedOwners: z.array(entityRefText).min(1).max(500).optional(),
  footprint: z
    .strictObject({
      cpu: amountValue.optional(),
      memory: amountValue.optional(),
      storage: amountValue.optional(),
      pods: amountValue.optional(),
    })
    .optional()
    .describe('Requests, where they cannot be computed from the objects.'),
  secrets: z.array(secretSchema).max(50).optional(),
  endpoints: z.array(endpointSchema).max(50).optional(),
  manifests: reference
    .optional()
    .describe('Folder or file of Kubernetes objects, relative to this file.'),
  chart: chartSchema.optional(),
  values: json.optional().describe('Values of the chart.'),
  notes: markdown.optional(),
  deprecated: z
    .strictObject({ message: text, endsAt: z.iso.date().optional() })
    .optional(),
};

/** One release. */
export const releaseSourceSchema = z.strictObject({
  version: versionText,
  ...releaseFields,
});

/** A release as its author wrote it. */
export type ReleaseSource = z.infer<typeof releaseSourceSchema>;

/** A dependency as its author wrote it. */
export type NeedSource = z.infer<typeof needSchema>;
