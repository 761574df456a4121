// SPDX-License-Identifier: Apache-2.0
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonObject } from '../ModuleCatalogue';
import { isJsonObject } from '../manifests/jsonObject';
import { placeText, problemAt, within, type Place } from '../Place';
import { checkTierParameters } from './checkTierParameters';
import { findUnsafe } from './findUnsafe';
import { remedyFor } from './schemaRemedy';

const RULE = 'parameters';

/** A release’s parameter schema, checked and complete. */
export type CheckedParameters = {
  /** `undefined` when the release has no parameters. */
  readonly schema?: JsonObject;
  readonly names: readonly string[];
  readonly problems: readonly LocatedProblem[];
};

/** Checks the JSON Schema of a release’s parameters, and the values that it gives per tier against it. */
export function checkParameters(
  source: {
    readonly parameters?: JsonObject;
    readonly tierParameters?: Readonly<Record<string, JsonObject>>;
  },
  release: Place,
): CheckedParameters {
  const at = within(release, 'parameters');
  const { parameters, tierParameters = {} } = source;
  if (!parameters) {
    const problems = Object.entries(tierParameters).flatMap(([tier, values]) =>
      Object.keys(values).map(name =>
        problemAt(within(release, 'tierParameters', tier, name), {
          rule: 'tier-parameters',
          message: `The release has no parameters, so tier "${tier}" cannot set "${name}".`,
          remedy: 'Describe it under "parameters", or remove it.',
        }),
      ),
    );
    return { names: [], problems };
  }
  const unsafe = findUnsafe(parameters, at);
  if (unsafe.length > 0) {
    return { names: namesOf(parameters), problems: unsafe };
  }
  const schema = completed(parameters);
  const compiled = compile(schema, at);
  if (!compiled.ok) {
    return { names: namesOf(schema), problems: [compiled.problem] };
  }
  const problems = [
    ...checkDefaults(schema, at, compiled.partial),
    ...checkTierParameters(tierParameters, release, {
      names: namesOf(schema),
      validate: compiled.partial,
    }),
  ];
  return { schema, names: namesOf(schema), problems };
}

/** What is not said is narrow: a mapping with the named members only. */
function completed(schema: JsonObject): JsonObject {
  return { type: 'object', additionalProperties: false, ...schema };
}

let compiler: Ajv | undefined;

/** Making a compiler takes longer than using it. It must not remember: definitions come and go. */
function compileOnce(schema: JsonObject): ValidateFunction {
  if (!compiler) {
    compiler = new Ajv({ strict: true, allErrors: true, logger: false });
    addFormats(compiler);
  }
  try {
    return compiler.compile(schema);
  } finally {
    compiler.removeSchema(schema);
  }
}

type Compiled =
  | { readonly ok: true; readonly partial: ValidateFunction }
  | { readonly ok: false; readonly problem: LocatedProblem };

function compile(schema: JsonObject, at: Place): Compiled {
  if (schema.type !== 'object') {
    return failed(at, 'its type is not "object"', 'Leave "type" out.');
  }
  const { required: _, ...partial } = schema;
  try {
    compileOnce(schema);
    return { ok: true, partial: compileOnce(partial) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed(at, why.slice(0, 300), remedyFor(why));
  }
}

function failed(at: Place, why: string, remedy: string): Compiled {
  const words = {
    rule: RULE,
    message: `${placeText(at.path)} is not a valid JSON Schema: ${why}.`,
    remedy,
  };
  return { ok: false, problem: problemAt(at, words) };
}

function namesOf({ properties }: JsonObject): string[] {
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

function checkDefaults(
  { properties }: JsonObject,
  at: Place,
  validate: ValidateFunction,
): LocatedProblem[] {
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isJsonObject(property) || property.default === undefined) return [];
    validate({ [name]: property.default });
    return (validate.errors ?? []).slice(0, 1).map(error =>
      problemAt(within(at, 'properties', name, 'default'), {
        rule: RULE,
        message: `The default of parameter "${name}" ${
          error.message ?? 'is not valid'
        }.`,
        remedy: 'Change the default, or what the schema allows.',
      }),
    );
  });
}
