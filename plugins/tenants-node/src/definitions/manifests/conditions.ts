// SPDX-License-Identifier: Apache-2.0
import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { DEFINITION_LIMITS } from '../definitionLimits';

/**
 * The variables of a `when` condition. `modules` holds the names of the modules of the environment, `secrets` whether each declared
 * secret is set.
 *
 * @public
 */
export const CONDITION_VARIABLES = {
  parameters: 'map<string, dyn>',
  tenant: 'map<string, dyn>',
  environment: 'map<string, dyn>',
  module: 'map<string, dyn>',
  release: 'map<string, dyn>',
  secrets: 'map<string, bool>',
  modules: 'list<string>',
} as const;

/**
 * The language of `when` conditions: CEL with our variables and small structural limits. It has no loops but those over given lists, so
 * the limits bound its cost.
 *
 * @public
 */
export function conditionEnvironment(): Environment {
  const environment = new Environment({
    unlistedVariablesAreDyn: false,
    limits: {
      maxAstNodes: 200,
      maxDepth: 20,
      maxListElements: 50,
      maxMapEntries: 20,
      maxCallArguments: 10,
    },
  });
  for (const [name, type] of Object.entries(CONDITION_VARIABLES)) {
    environment.registerVariable(name, type);
  }
  return environment;
}

/** What a condition is about, or why it is none. */
export type CheckedCondition =
  | { readonly ok: true; readonly parameters: readonly string[] }
  | { readonly ok: false; readonly message: string };

const environment = conditionEnvironment();

/** Checks that a condition can be evaluated to true or false. */
export function checkCondition(when: string): CheckedCondition {
  if (when.length > DEFINITION_LIMITS.condition) {
    return { ok: false, message: 'it is too long' };
  }
  try {
    const parsed = environment.parse(when);
    const { valid, type, error } = parsed.check();
    const costly = costlyCall(parsed.ast);
    if (costly) return { ok: false, message: `it calls ${costly}` };
    if (!valid) return { ok: false, message: firstLine(error) };
    if (type !== 'bool' && type !== 'dyn') {
      return { ok: false, message: `it gives ${type}, not true or false` };
    }
    return { ok: true, parameters: parametersIn(parsed.ast) };
  } catch (error) {
    if (!(error instanceof ParseError) && !(error instanceof RangeError)) {
      throw error;
    }
    return { ok: false, message: firstLine(error) };
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0].slice(0, 200);
}

/** Names of the parameters that an expression reads. */
function parametersIn(ast: ASTNode): string[] {
  const names = nodesIn(ast).flatMap(node => parameterRead(node) ?? []);
  return [...new Set(names)];
}

/** A call whose cost is not bounded by the size of the expression. */
function costlyCall(ast: ASTNode): string | undefined {
  for (const { op, args } of nodesIn(ast)) {
    const name: unknown = Array.isArray(args) ? args[0] : undefined;
    const isCall = op === 'call' || op === 'rcall';
    if (isCall && (name === 'matches' || name === 'bind')) return name;
  }
  return undefined;
}

function nodesIn(ast: ASTNode): AnyNode[] {
  const found: AnyNode[] = [];
  const rest: unknown[] = [ast];
  while (rest.length > 0) {
    const node = rest.pop();
    if (Array.isArray(node)) rest.push(...node);
    if (!isNode(node)) continue;
    found.push(node);
    rest.push(node.args);
  }
  return found;
}

type AnyNode = { readonly op: string; readonly args: unknown };

function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'op' in value &&
    'args' in value
  );
}

function parameterRead({ op, args }: AnyNode): string | undefined {
  if (op !== '.' || !Array.isArray(args)) return undefined;
  const [of, name]: unknown[] = args;
  const isParameters = isNode(of) && of.op === 'id' && of.args === 'parameters';
  return isParameters && typeof name === 'string' ? name : undefined;
}
