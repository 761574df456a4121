// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { definitionFileSchema } from './fileSchema';

/** The schema of definition files as JSON Schema, for editors. @public */
export function definitionsJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(definitionFileSchema, {
      target: 'draft-7',
      io: 'input',
      unrepresentable: 'any',
    }),
    $id: 'https://tenantry.dev/schema/module-definitions.v1.json',
    title: 'Tenantry module definitions',
  };
}
