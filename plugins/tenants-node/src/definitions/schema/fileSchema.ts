// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { moduleSourceSchema } from './moduleSchema';
import {
  amounts,
  entityRefText,
  keyText,
  labelText,
  text,
  title,
} from './words';

/** The one version of the schema there is. */
export const DEFINITIONS_API_VERSION = 'tenantry.dev/v1';

/** One category. */
export const categorySourceSchema = z.strictObject({
  name: title.optional(),
  description: text.optional(),
  icon: z.string().max(64).optional().describe('Name of an icon, or an emoji.'),
});

/** A category as its author wrote it. */
export type CategorySource = z.infer<typeof categorySourceSchema>;

/** One tier. */
export const tierSourceSchema = z.strictObject({
  name: title.optional(),
  description: text.optional(),
  quota: amounts.optional().describe('As in `ResourceQuota.spec.hard`.'),
  resource_quota: amounts.optional().describe('Same as `quota`.'),
  limits: z
    .strictObject({
      default: amounts.optional(),
      defaultRequest: amounts.optional(),
      max: amounts.optional(),
      min: amounts.optional(),
    })
    .optional()
    .describe('As in a `LimitRange` item of type Container.'),
  allowedOwners: z.array(entityRefText).min(1).max(500).optional(),
});

/** A tier as its author wrote it. */
export type TierSource = z.infer<typeof tierSourceSchema>;

/** The keys of a file that hold tiers. All three are read. */
export const TIER_KEYS = [
  'tiers',
  'resource_tiers',
  'resource_templates',
] as const;

const tiers = z.record(keyText, tierSourceSchema).nullable().optional();
const apiVersion = z.literal(DEFINITIONS_API_VERSION).optional();

/** A whole file; editors use it. */
export const definitionFileSchema = z.strictObject({
  $schema: z.string().max(2_000).optional(),
  apiVersion,
  categories: z.record(keyText, categorySourceSchema).nullable().optional(),
  tiers,
  resource_tiers: tiers.describe('Same as `tiers`.'),
  resource_templates: tiers.describe('Same as `tiers`.'),
  modules: z.record(labelText, moduleSourceSchema).nullable().optional(),
});

const members = z.record(z.string(), z.unknown()).nullable().optional();

/** A file whose members are looked at one by one, so that a mistake in one hides none in another. */
export const fileOutlineSchema = z.strictObject({
  $schema: z.string().optional(),
  apiVersion,
  categories: members,
  tiers: members,
  resource_tiers: members,
  resource_templates: members,
  modules: members,
});

/** A file before its members are looked at. */
export type FileOutline = z.infer<typeof fileOutlineSchema>;
