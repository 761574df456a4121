// SPDX-License-Identifier: Apache-2.0
import { HEALTH_CODES } from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';

/** Types of the documents our collators make. */
export const TENANTS_TYPE = 'tenants';
/** @see TENANTS_TYPE */
export const MODULES_TYPE = 'tenantmodules';

const base = { title: z.string(), text: z.string(), location: z.string() };

/** A tenant as the search finds it. What an older index does not say is left out. */
export const tenantHitSchema = z.object({
  ...base,
  health: z.enum(HEALTH_CODES).optional().catch(undefined),
  reason: z.string().catch(''),
});

/** A module, or its runbook, as the search finds it. */
export const moduleHitSchema = z.object({
  ...base,
  category: z.string().catch(''),
  lifecycle: z.string().catch(''),
  defaultRelease: z.string().catch(''),
  part: z.enum(['module', 'runbook']).catch('module'),
});
