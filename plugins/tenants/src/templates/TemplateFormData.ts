// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import { z } from 'zod';

/** A module as a template carries it. */
export const chosenModuleSchema = z.object({
  name: z.string(),
  version: z.string().optional(),
  parameters: z.record(z.string(), z.json()).optional(),
});

/** @see chosenModuleSchema */
export type ChosenModule = z.infer<typeof chosenModuleSchema>;

const text = z.string().optional().catch(undefined);
const formDataSchema = z.object({
  tenant: text,
  owner: text,
  environment: text,
  cluster: text,
  tier: text,
  modules: z.array(chosenModuleSchema).optional().catch(undefined),
});

/** What has been filled in so far in one of our templates. */
export type TemplateFormData = z.infer<typeof formDataSchema>;

/** Reads what the form holds; what is not of our kind is left out. */
export function readFormData(formContext: unknown): TemplateFormData {
  const parsed = z.object({ formData: formDataSchema }).safeParse(formContext);
  return parsed.success ? parsed.data.formData : {};
}

/** The tenant's name, where the form holds its entity's reference or the name itself. */
export function tenantNameOf({ tenant }: TemplateFormData): string | undefined {
  if (tenant === undefined || !tenant.includes(':')) return tenant;
  try {
    return parseEntityRef(tenant).name;
  } catch {
    return undefined;
  }
}
