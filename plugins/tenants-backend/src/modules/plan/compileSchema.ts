// SPDX-License-Identifier: Apache-2.0
import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';

type Validate = (value: object) => readonly ErrorObject[];

/** A schema that is ready, or why it cannot be used. */
export type CompiledSchema =
  | {
      /** Puts defaults into the value and tells what is wrong with it. */
      readonly validate: Validate;
    }
  | { readonly problem: string };

/** Schemas live as long as the catalogue they stand in; so does what is made of them. */
const compiled = new WeakMap<object, CompiledSchema>();

/** Makes a check of a JSON Schema. It reads nothing from elsewhere: a reference to another document makes it unusable. */
export function compileSchema(schema: object): CompiledSchema {
  const known = compiled.get(schema);
  if (known) return known;
  const made = compile(schema);
  compiled.set(schema, made);
  return made;
}

function compile(schema: object): CompiledSchema {
  const ajv = new Ajv({
    useDefaults: true,
    allErrors: true,
    strict: false,
    verbose: true,
    code: { regExp },
  });
  addFormats(ajv);
  try {
    const check = ajv.compile(schema);
    return { validate: value => (check(value) ? [] : check.errors ?? []) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Patterns in time that grows with the text only: what a tenant writes is tried against them. */
function regExp(pattern: string) {
  const compiledPattern = RE2JS.compile(pattern);
  return {
    test: (text: string) => compiledPattern.matcher(text).find(),
  };
}
regExp.code = 'linearRegExp';
