// SPDX-License-Identifier: Apache-2.0
// Writes the JSON Schema of module definitions, for editors, from the schema that the service reads them with; with --check, fails when it is out of date.
// Run with: node --require @backstage/cli-node/config/nodeTransform.cjs scripts/definitionsSchema.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { definitionsJsonSchema } = createRequire(import.meta.url)(
  '../plugins/tenants-node/src/definitions.ts',
);
const target = new URL(
  '../plugins/tenants-node/schema/module-definitions.schema.json',
  import.meta.url,
);
const text = `${JSON.stringify(definitionsJsonSchema(), undefined, 2)}\n`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error(
    'plugins/tenants-node/schema/module-definitions.schema.json is out of date: run ./dev docs',
  );
  process.exitCode = 1;
}
