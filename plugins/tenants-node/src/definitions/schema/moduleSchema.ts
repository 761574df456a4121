// SPDX-License-Identifier: Apache-2.0
import {
  MODULE_LIFECYCLES,
  MODULE_SCOPES,
} from '@tenantry/backstage-plugin-tenants-common';
import { z } from 'zod';
import { DEFINITION_LIMITS } from '../definitionLimits';
import { releaseFields, releaseSourceSchema } from './releaseSchema';
import {
  chartNameText,
  entityRefText,
  keyText,
  labelText,
  linkText,
  markdown,
  text,
  title,
  versionText,
} from './words';

const linkSchema = z.strictObject({ title, url: linkText });

/** A module as the platform file of the older portals has it. Still read; new files use the keys of releases. */
const olderFields = {
  display_name: title.optional(),
  chart_path: chartNameText.optional().describe('Same as `chart.name`.'),
  default_config: z
    .looseObject({ tenant_scope: z.boolean().optional() })
    .optional()
    .describe('Same as `values`; `tenant_scope: false` is `scope: cluster`.'),
  helm_values: z
    .record(z.string().min(1).max(500), z.json())
    .optional()
    .describe('Values by dotted path; they win over `default_config`.'),
};

/** One module. */
export const moduleSourceSchema = z.strictObject({
  name: labelText.optional().describe('Must be equal to the key.'),
  displayName: title.optional(),
  description: text.optional(),
  category: keyText.optional(),
  owner: entityRefText.optional(),
  scope: z.enum(MODULE_SCOPES).optional(),
  lifecycle: z.enum(MODULE_LIFECYCLES).optional(),
  links: z.array(linkSchema).max(50).optional(),
  runbook: markdown
    .optional()
    .describe('Markdown, or the path of a Markdown file (./….md).'),
  releases: z
    .array(releaseSourceSchema)
    .min(1)
    .max(DEFINITION_LIMITS.releases)
    .optional(),
  version: versionText.optional(),
  ...releaseFields,
  ...olderFields,
});

/** A module as its author wrote it. */
export type ModuleSource = z.infer<typeof moduleSourceSchema>;

/** Keys that belong into a release once there are releases. */
export const RELEASE_KEYS: readonly string[] = [
  'version',
  ...Object.keys(releaseFields),
  'chart_path',
  'default_config',
  'helm_values',
];
