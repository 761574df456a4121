// SPDX-License-Identifier: Apache-2.0
import type { ASTNode } from '@marcbachmann/cel-js';
import {
  conditionEnvironment,
  DEFINITION_LIMITS,
  type JsonObject,
  type JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { conditionCost, unboundedCall, type ValueSizes } from './conditionCost';
import { isJsonObject } from './jsonValue';

/** What a `when:` came to. */
export type ConditionResult =
  | { readonly ok: true; readonly holds: boolean }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

/** Nodes a condition may evaluate, those within `all`, `exists`, `map` … once per element. */
export const MAX_CONDITION_COST = 100_000;

const REMEDY =
  'Write a CEL expression that is true or false, such as parameters.replicas > 1, and ask has(parameters.x) for what may be missing.';

const environment = conditionEnvironment();

/** Values of a condition: the maps it can name, `secrets` by name to whether it is set, and the names of the environment's modules. */
export type ConditionValues = {
  readonly maps: JsonObject;
  readonly modules: readonly string[];
};

/** Decides a condition. Its cost is bounded before it is evaluated, by the sizes of the values it can see. */
export function holds(text: string, values: ConditionValues): ConditionResult {
  if (text.length > DEFINITION_LIMITS.condition) {
    return refuse(
      `It is longer than ${DEFINITION_LIMITS.condition} characters`,
    );
  }
  try {
    const parsed = environment.parse(text);
    const forbidden = explainRefused(parsed.ast, values);
    if (forbidden !== undefined) return refuse(forbidden);
    const result: unknown = parsed(context(values));
    return typeof result === 'boolean'
      ? { ok: true, holds: result }
      : refuse('Its value is neither true nor false');
  } catch (error) {
    return refuse(firstLine(error));
  }
}

function explainRefused(
  ast: ASTNode,
  values: ConditionValues,
): string | undefined {
  const call = unboundedCall(ast);
  if (call !== undefined) return `The function ${call} is not available`;
  const sizes = sizesOf(values.maps, { items: values.modules.length, text: 0 });
  return conditionCost(ast, sizes) > MAX_CONDITION_COST
    ? `It would cost more than ${MAX_CONDITION_COST} evaluations`
    : undefined;
}

/** The longest list or map and the longest text among the values: what one step may have to go through. */
function sizesOf(value: JsonValue, most: ValueSizes): ValueSizes {
  if (typeof value === 'string') {
    return { ...most, text: Math.max(most.text, value.length) };
  }
  if (typeof value !== 'object' || value === null) return most;
  const items = Object.values(value);
  return items.reduce<ValueSizes>((sizes, item) => sizesOf(item, sizes), {
    ...most,
    items: Math.max(most.items, items.length),
  });
}

function context({ maps, modules }: ConditionValues): Record<string, unknown> {
  return { ...toCel(maps), modules: [...modules] };
}

/** Whole numbers become CEL's `int`, so that `type()`, `%` and comparison work as an author expects. */
function toCel(object: JsonObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, celValue(value)]),
  );
}

function celValue(value: JsonValue): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? BigInt(value) : value;
  }
  if (isJsonObject(value)) return toCel(value);
  return Array.isArray(value) ? value.map(celValue) : value;
}

function refuse(message: string): ConditionResult {
  return { ok: false, message: `${message}.`, remedy: REMEDY };
}

/** CEL's message names what is wrong in its first line; the lines after it draw the expression. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : 'It cannot be decided';
  return text.split('\n', 1)[0].replace(/\.$/, '');
}
