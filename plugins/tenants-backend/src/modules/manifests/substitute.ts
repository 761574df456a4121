// SPDX-License-Identifier: Apache-2.0
import {
  readSubstitutions,
  type JsonObject,
  type JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { isJsonObject } from './jsonValue';
import { lookUp, type SubstitutionScope } from './SubstitutionScope';

/** What keeps a value from being put in. */
export type SubstitutionProblem = {
  /** Where in the object, such as `spec.replicas`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
};

/** A piece of a text: as it stands, or where its value is. */
type TextPart = string | { readonly path: readonly string[] };

type Walk = {
  readonly scope: SubstitutionScope;
  readonly problems: SubstitutionProblem[];
};

/** Deeper than any Kubernetes object; a value that is deeper is refused. */
const MAX_DEPTH = 64;
/** Names that are part of JavaScript's objects. They would do no harm here, but in whoever reads the object next. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/** Whether a text holds a substitution. */
export function hasSubstitution(text: string): boolean {
  return text.includes('${{');
}

/**
 * Puts values into a tree. A text that is one substitution becomes the value with its type, and is left out when the value is not
 * set; within a longer text the value must be text, a number or a boolean. What is put in is data: it is not read again, so
 * `${{`, YAML or line breaks in a value stay what they are. Keys are never changed.
 */
export function substitute(
  tree: JsonObject,
  scope: SubstitutionScope,
): {
  readonly value: JsonObject;
  readonly problems: readonly SubstitutionProblem[];
} {
  const walk: Walk = { scope, problems: [] };
  return { value: putIntoObject(tree, walk, ''), problems: walk.problems };
}

function putInto(
  value: JsonValue,
  walk: Walk,
  path: string,
): JsonValue | undefined {
  if (typeof value === 'string') return putIntoText(value, walk, path);
  if (isJsonObject(value)) return putIntoObject(value, walk, path);
  if (!Array.isArray(value)) return value;
  return value.flatMap((item, at) => {
    const put = putInto(item, walk, `${path}[${at}]`);
    return put === undefined ? [] : [put];
  });
}

function putIntoObject(
  object: JsonObject,
  walk: Walk,
  path: string,
): JsonObject {
  const entries = Object.entries(object).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (hasSubstitution(key) || UNSAFE_KEYS.has(key)) {
      walk.problems.push(keyProblem(at));
      return [];
    }
    const put = putInto(value, walk, at);
    return put === undefined ? [] : [[key, put] as const];
  });
  return Object.fromEntries(entries);
}

function keyProblem(path: string): SubstitutionProblem {
  return {
    path,
    message: 'Keys are never substituted, and some names are reserved.',
    remedy: 'Write the key as it shall be.',
  };
}

function putIntoText(
  text: string,
  walk: Walk,
  path: string,
): JsonValue | undefined {
  if (!hasSubstitution(text)) return text;
  const read = readSubstitutions(text);
  if (!read.ok) {
    const { message, remedy } = read;
    walk.problems.push({ path, message, remedy });
    return text;
  }
  const [first, ...others] = read.parts;
  if (typeof first === 'object' && others.length === 0) {
    return wholeValue(first.path, walk, path);
  }
  return read.parts.map(part => textOf(part, walk, path)).join('');
}

function wholeValue(
  path: readonly string[],
  walk: Walk,
  at: string,
): JsonValue | undefined {
  const found = lookUp(walk.scope, path);
  if (found.kind === 'unknown') {
    walk.problems.push(unknownPath(path, at));
    return '';
  }
  if (found.kind === 'unset' || found.value === null) return undefined;
  const problem = unsafeValue(found.value, 0);
  if (problem === undefined) return found.value;
  walk.problems.push({
    path: at,
    message: `The value of ${path.join('.')} ${problem}.`,
    remedy: 'Give another value.',
  });
  return '';
}

function textOf(part: TextPart, walk: Walk, at: string): string {
  if (typeof part === 'string') return part;
  const name = part.path.join('.');
  const found = lookUp(walk.scope, part.path);
  if (found.kind === 'unknown') {
    walk.problems.push(unknownPath(part.path, at));
    return '';
  }
  const value = found.kind === 'value' ? found.value : null;
  if (value !== null && typeof value !== 'object') return String(value);
  walk.problems.push({
    path: at,
    message:
      value === null
        ? `${name} has no value to put into a text.`
        : `${name} is an object or a list and cannot be part of a text.`,
    remedy:
      value === null
        ? 'Give the parameter a default, or make the substitution the whole value.'
        : 'Make the substitution the whole value.',
  });
  return '';
}

function unknownPath(path: readonly string[], at: string): SubstitutionProblem {
  return {
    path: at,
    message: `Nothing is called ${path.join('.')}.`,
    remedy:
      'Name a declared parameter or secret, or one of tenant.name, tenant.owner, environment.name, environment.namespace, environment.tier, environment.cluster, module.name, release.version.',
  };
}

function unsafeValue(value: JsonValue, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return `is nested deeper than ${MAX_DEPTH} levels`;
  const unsafe = Array.isArray(value)
    ? undefined
    : Object.keys(value).find(key => UNSAFE_KEYS.has(key));
  if (unsafe !== undefined) return `has a key named ${unsafe}`;
  return Object.values(value)
    .map(inner => unsafeValue(inner, depth + 1))
    .find(problem => problem !== undefined);
}
