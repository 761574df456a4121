// SPDX-License-Identifier: Apache-2.0
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { DEFINITION_LIMITS } from '../definitionLimits';
import type { LocatedProblem } from '../DefinitionFile';
import type { JsonObject, JsonValue } from '../ModuleCatalogue';
import { isJsonObject, valuesIn } from '../manifests/jsonObject';
import { placeText, problemAt, within, type Place } from '../Place';
import { suggestion } from '../suggestion';

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
  if (unsafe.length > 0)
    return { names: namesOf(parameters), problems: unsafe };
  const schema = completed(parameters);
  const compiled = compile(schema, at);
  if (!compiled.ok) {
    return { names: namesOf(schema), problems: [compiled.problem] };
  }
  const problems = [
    ...checkDefaults(schema, at, compiled.partial),
    ...checkTiers(tierParameters, release, { schema, ...compiled }),
  ];
  return { schema, names: namesOf(schema), problems };
}

/** What is not said is narrow: a mapping with the named members only. */
function completed(schema: JsonObject): JsonObject {
  return { type: 'object', additionalProperties: false, ...schema };
}

type Compiled =
  | { readonly ok: true; readonly partial: ValidateFunction }
  | { readonly ok: false; readonly problem: LocatedProblem };

function compile(schema: JsonObject, at: Place): Compiled {
  if (schema.type !== 'object') {
    return failed(at, 'its type is not "object"', 'Leave "type" out.');
  }
  const { required: _, ...partial } = schema;
  const ajv = new Ajv({ strict: true, allErrors: true, logger: false });
  addFormats(ajv);
  try {
    ajv.compile(schema);
    return { ok: true, partial: ajv.compile(partial) };
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

function remedyFor(why: string): string {
  const keyword = /unknown keyword: "([^"]*)"/.exec(why)?.[1];
  if (keyword === undefined) return 'Correct the schema (JSON Schema draft 7).';
  const near = suggestion(keyword, KEYWORDS);
  return near.startsWith('Did')
    ? near
    : `Put parameters under "properties": a parameter "${keyword}" is parameters.properties.${keyword}.`;
}

const KEYWORDS = [
  'properties',
  'required',
  'additionalProperties',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
  'enum',
  'const',
  'type',
  'default',
  'title',
  'description',
  'examples',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'definitions',
  'dependencies',
];

/** Schemas must not reach outside, nor hold patterns that take for ever. */
function findUnsafe(schema: JsonObject, at: Place): LocatedProblem[] {
  return [...valuesIn(schema)].flatMap(({ value, path }) => {
    const why = unsafe(String(path.at(-1)), value);
    if (!why) return [];
    const words = {
      rule: RULE,
      message: `${placeText(within(at, ...path).path)} ${why[0]}.`,
      remedy: why[1],
    };
    return [problemAt(within(at, ...path), words)];
  });
}

function unsafe(key: string, value: JsonValue): [string, string] | undefined {
  if (typeof value !== 'string') return undefined;
  if (key === '$ref' && !value.startsWith('#')) {
    return [
      'refers to another document',
      'Refer inside this schema only: "#/definitions/…".',
    ];
  }
  if (key === '$id' || key === 'id$') {
    return ['gives the schema an address', 'Remove it.'];
  }
  if (key !== 'pattern') return undefined;
  if (value.length > DEFINITION_LIMITS.pattern) {
    return [
      `is longer than ${DEFINITION_LIMITS.pattern} characters`,
      'Shorten it.',
    ];
  }
  // A repeated group that repeats inside itself can take exponential time.
  if (/\([^()]*[+*}][^()]*\)[+*{]/.test(value)) {
    return [
      'repeats a group that repeats inside itself',
      'Write it without the inner or outer "+" or "*".',
    ];
  }
  return undefined;
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

type Checker = {
  readonly schema: JsonObject;
  readonly partial: ValidateFunction;
};

function checkTiers(
  tiers: Readonly<Record<string, JsonObject>>,
  release: Place,
  { schema, partial }: Checker,
): LocatedProblem[] {
  return Object.entries(tiers).flatMap(([tier, values]) => {
    partial(values);
    const at = within(release, 'tierParameters', tier);
    return (partial.errors ?? []).slice(0, 10).map(error =>
      problemAt(within(at, ...pathOf(error)), {
        rule: 'tier-parameters',
        message: `Tier "${tier}" sets ${describe(error)}.`,
        remedy: remedyOf(error, namesOf(schema)),
      }),
    );
  });
}

function pathOf({ instancePath, params }: ErrorObject): PropertyKey[] {
  const path: PropertyKey[] = instancePath
    .split('/')
    .slice(1)
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
  const { additionalProperty } = params;
  return typeof additionalProperty === 'string'
    ? [...path, additionalProperty]
    : path;
}

function describe(error: ErrorObject): string {
  const name = placeText(pathOf(error)) || 'values';
  return error.keyword === 'additionalProperties'
    ? `"${name}", which is no parameter of the release`
    : `"${name}" to a value that ${error.message ?? 'is not valid'}`;
}

function remedyOf({ keyword, params }: ErrorObject, names: readonly string[]) {
  if (keyword !== 'additionalProperties') {
    return 'Change the value, or what the schema under "parameters" allows.';
  }
  return suggestion(String(params.additionalProperty), names);
}
