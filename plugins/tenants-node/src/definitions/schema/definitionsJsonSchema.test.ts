// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { definitionsJsonSchema } from './definitionsJsonSchema';

const folder = join(__dirname, '../../..');
const committed: unknown = JSON.parse(
  readFileSync(join(folder, 'schema/module-definitions.schema.json'), 'utf8'),
);

it('is committed as it is now; scripts/definitionsSchema.mjs writes it anew', () => {
  expect(JSON.parse(JSON.stringify(definitionsJsonSchema()))).toEqual(
    committed,
  );
});

it('accepts the examples and names what is wrong', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(definitionsJsonSchema());
  const examples = join(folder, '../../examples/module-definitions');
  for (const name of ['spanda.yaml', 'platform.yaml']) {
    validate(parse(readFileSync(join(examples, name), 'utf8')));
    expect(validate.errors).toBeNull();
  }
  expect(validate({ modules: { a: { versoin: '1.0.0' } } })).toBe(false);
});
