// SPDX-License-Identifier: Apache-2.0
import type {
  PlanFix,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { ErrorObject } from 'ajv';
import { compileSchema } from './compileSchema';
import { PLAN_LIMITS } from './limits';
import { isWithinDepth, mergeParameters } from './mergeParameters';
import { didYouMean, nearestName } from './nearestName';
import type { ResolvedRelease } from './resolveModules';

/** Whose parameters, and where. */
export type ParametersInput = {
  readonly resolved: Pick<ResolvedRelease, 'module' | 'release'>;
  readonly asked: JsonObject;
  readonly environment: string;
  readonly tier: string;
};

type Completed = {
  /** Valid unless something is refused. */
  readonly parameters: JsonObject;
  readonly refusals: readonly Refusal[];
};

/** The parameters of a module: the schema’s defaults, over them the tier’s values, over them what was asked for; checked against the schema. */
export function completeParameters(input: ParametersInput): Completed {
  const { resolved, asked, tier } = input;
  const { release } = resolved;
  const tooLarge = explainTooLarge(asked);
  if (tooLarge !== undefined) return refused(input, [{ message: tooLarge }]);
  if (!release.parameters) return withoutSchema(input);
  const unknown = unknownNames(input);
  const forTier = Object.hasOwn(release.tierParameters, tier)
    ? release.tierParameters[tier]
    : {};
  const compiled = compileSchema(release.parameters);
  if ('problem' in compiled) {
    return refused(input, [
      {
        message: `The definition’s parameter schema cannot be used: ${compiled.problem}.`,
        fix: {
          label: `Ask ${
            resolved.module.owner ?? 'who maintains the definition'
          } to correct it.`,
        },
      },
    ]);
  }
  const parameters = structuredClone(
    mergeParameters(forTier as JsonObject, without(asked, unknown)),
  );
  const errors = compiled.validate(parameters);
  const mistakes = [
    ...unknown,
    ...errors.map(error => toMistake(error, input)),
  ].slice(0, PLAN_LIMITS.parameterMistakes);
  return { ...refused(input, mistakes), parameters };
}

type Mistake = {
  /** With dots; absent: all of them. */
  readonly path?: string;
  readonly message: string;
  readonly fix?: PlanFix;
};

function explainTooLarge(asked: JsonObject): string | undefined {
  if (!isWithinDepth(asked, PLAN_LIMITS.parameterDepth)) {
    return `They nest deeper than ${PLAN_LIMITS.parameterDepth} levels. Make them flatter.`;
  }
  const { length } = JSON.stringify(asked);
  return length > PLAN_LIMITS.parameterChars
    ? `They are ${length} characters long; ${PLAN_LIMITS.parameterChars} are allowed. Leave some out.`
    : undefined;
}

function withoutSchema(input: ParametersInput): Completed {
  const names = Object.keys(input.asked);
  if (names.length === 0) return { parameters: {}, refusals: [] };
  return refused(
    input,
    names.slice(0, PLAN_LIMITS.parameterMistakes).map(path => ({
      path,
      message: 'is not known: the module has no parameters. Leave it out.',
      fix: { label: `Leave out ${path}.` },
    })),
  );
}

/** What was asked for without mistakes that have been found, so that those behind them are found too. */
function without(asked: JsonObject, mistakes: readonly Mistake[]): JsonObject {
  const names = new Set(mistakes.map(({ path }) => path));
  return Object.fromEntries(
    Object.entries(asked).filter(([name]) => !names.has(name)),
  );
}

/** A name the schema does not know is a slip of the pen, even where JSON Schema would let it pass. */
function unknownNames({ resolved, asked }: ParametersInput): Mistake[] {
  const schema = resolved.release.parameters ?? {};
  const { properties, additionalProperties, patternProperties } = schema;
  const open =
    typeof properties !== 'object' ||
    properties === null ||
    (additionalProperties !== undefined && additionalProperties !== false) ||
    patternProperties !== undefined ||
    ['$ref', 'allOf', 'anyOf', 'oneOf'].some(key => Object.hasOwn(schema, key));
  if (open) return [];
  const known = Object.keys(properties);
  return Object.keys(asked)
    .filter(name => !known.includes(name))
    .slice(0, PLAN_LIMITS.parameterMistakes)
    .map(path => ({
      path,
      message: `is not known.${
        nearestName(path, known) === undefined
          ? ` There ${known.length === 1 ? 'is' : 'are'} ${known
              .slice(0, 20)
              .join(', ')}.`
          : didYouMean(path, known)
      }`,
      fix: { label: renameOrLeave(path, known) },
    }));
}

function renameOrLeave(path: string, known: readonly string[]): string {
  const near = nearestName(path, known);
  return near === undefined
    ? `Leave out ${path}.`
    : `Write ${near} in place of ${path}.`;
}

function refused(
  { resolved, environment }: ParametersInput,
  mistakes: readonly Mistake[],
): Completed {
  const { module, release } = resolved;
  return {
    parameters: {},
    refusals: mistakes.map(({ path, message, fix }) => ({
      rule: 'parameters' as const,
      environment,
      subject: path === undefined ? module.name : `${module.name}.${path}`,
      message:
        path === undefined
          ? `The parameters of ${module.name}: ${message}`
          : `The parameter ${path} of ${module.name} ${message}`,
      chain: [`${module.name} ${release.version}`],
      fixes: fix ? [fix] : [],
    })),
  };
}

function toMistake(error: ErrorObject, input: ParametersInput): Mistake {
  const at = error.instancePath.slice(1).split('/').join('.');
  const path = withMissing(at, error);
  const message = `${say(error)}.`;
  const value = remedyValue(error);
  if (path === '') return { message };
  if (value === undefined) return { path, message };
  const module = input.resolved.module.name;
  return {
    path,
    message,
    fix: {
      label: `Set ${path} to ${JSON.stringify(value)}.`,
      change: {
        type: 'set-parameter',
        environment: input.environment,
        module,
        path,
        value,
      },
    },
  };
}

function withMissing(at: string, { keyword, params }: ErrorObject): string {
  const name =
    keyword === 'required' ? params.missingProperty : params.additionalProperty;
  if (typeof name !== 'string') return at;
  return at === '' ? name : `${at}.${name}`;
}

/** What is wrong, without the value itself. */
function say(error: ErrorObject): string {
  const { keyword, params, message } = error;
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'additionalProperties':
      return 'is not known';
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[])
        .map(value => JSON.stringify(value))
        .join(', ')}`;
    case 'type':
      return `must be ${[params.type].flat().map(typeWord).join(' or ')}`;
    case 'pattern':
      return `does not have the form that is asked for, ${params.pattern}`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}`;
    default:
      return message ?? 'is not valid';
  }
}

function typeWord(type: unknown): string {
  const words: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    number: 'a number',
    string: 'text',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    null: 'nothing',
  };
  return words[String(type)] ?? String(type);
}

/** The nearest value that is allowed, where the schema says one. */
function remedyValue({
  keyword,
  params,
  parentSchema,
}: ErrorObject): string | number | boolean | undefined {
  if (keyword === 'minimum' || keyword === 'maximum') return params.limit;
  const fallback = parentSchema?.default;
  if (isScalar(fallback) && keyword !== 'required') return fallback;
  if (keyword !== 'enum') return undefined;
  const first: unknown = (params.allowedValues as unknown[])[0];
  return isScalar(first) ? first : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
