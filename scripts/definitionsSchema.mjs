// SPDX-License-Identifier: Apache-2.0
// Writes the JSON Schema of module definitions, for editors, from the schema that the service reads them with.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { definitionsJsonSchema } = createRequire(import.meta.url)(
  '../plugins/tenants-node/src/definitions.ts',
);
const target = new URL(
  '../plugins/tenants-node/schema/module-definitions.schema.json',
  import.meta.url,
);
writeFileSync(
  target,
  `${JSON.stringify(definitionsJsonSchema(), undefined, 2)}\n`,
);
