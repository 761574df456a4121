// SPDX-License-Identifier: Apache-2.0
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { DEFINITION_LIMITS } from '../definitionLimits';
import type { JsonValue } from '../ModuleCatalogue';
import { Marks } from './Marks';
import { ReadError } from './ReadError';
import type { YamlProblem } from './YamlDocument';

/** What a file has used of its limits; shared by its documents. */
export type Budget = { nodes: number; aliased: number };

/** Keys that reach into every object of the language. */
const RESERVED_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/** Takes note of a problem at an offset. */
export type SayAt = (
  offset: number,
  problem: Omit<YamlProblem, 'line' | 'column'>,
) => void;

/** Reads the nodes of one document in the order of its text, which is the order in which anchors hold. */
export class NodeReader {
  readonly marks = new Marks();
  private readonly anchors = new Map<string, Node>();
  /** The nodes around the one that is read. */
  private readonly open = new Set<Node>();
  private aliasDepth = 0;

  constructor(private readonly budget: Budget, private readonly say: SayAt) {}

  read(node: Node): JsonValue {
    this.count(node);
    if (isAlias(node)) return this.readAlias(node.source, node);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.anchors.set(anchor, node);
    if (isScalar(node)) return this.readScalar(node.value, node);
    this.open.add(node);
    const value = this.readCollection(node);
    this.open.delete(node);
    return value;
  }

  private readCollection(node: Node): JsonValue {
    if (isMap(node)) return this.readMap(node.items as Pair[], node);
    const list: JsonValue[] = [];
    if (!isSeq(node)) return list;
    this.marks.add(list);
    node.items.forEach((item, index) => {
      const child = item as Node;
      this.marks.set(list, index, { value: startOf(child) });
      list.push(this.read(child));
    });
    return list;
  }

  private readMap(pairs: readonly Pair[], node: Node): JsonValue {
    const map: Record<string, JsonValue> = {};
    this.marks.add(map);
    for (const { key, value } of pairs) {
      const keyNode = key as Node;
      const name = this.readKey(keyNode, map);
      const child = (value ?? undefined) as Node | undefined;
      if (name === undefined) continue;
      const at = startOf(keyNode);
      this.marks.set(map, name, {
        key: at,
        value: child ? startOf(child) : at,
      });
      map[name] = child ? this.read(child) : null;
    }
    this.count(node, pairs.length);
    return map;
  }

  /** The key’s text; `undefined` when it cannot be one. */
  private readKey(key: Node, map: object): string | undefined {
    const offset = startOf(key);
    const name = isScalar(key) ? toKey(key.value) : undefined;
    if (name === undefined) {
      this.say(offset, {
        rule: 'key-not-text',
        message: 'A key is not text.',
        remedy: 'Put the key in quotes.',
      });
      return undefined;
    }
    if (RESERVED_KEYS.has(name)) {
      this.say(offset, {
        rule: 'reserved-key',
        message: `The key "${name}" is reserved.`,
        remedy: 'Choose another name.',
      });
      return undefined;
    }
    if (!Object.hasOwn(map, name)) return name;
    this.say(offset, {
      rule: 'duplicate-key',
      message: `The key "${cut(name)}" is written twice in the same mapping.`,
      remedy: 'Remove one of them, or merge what they hold.',
    });
    return undefined;
  }

  private readAlias(source: string, node: Node): JsonValue {
    const target = this.anchors.get(source);
    if (!target) {
      this.say(startOf(node), {
        rule: 'yaml',
        message: `There is no anchor "${cut(source)}" before this.`,
        remedy: 'Define it with "&" before it is used with "*".',
      });
      return null;
    }
    if (this.open.has(target)) {
      this.say(startOf(node), {
        rule: 'anchor-cycle',
        message: `The anchor "${cut(source)}" contains itself.`,
        remedy: 'Write the value out instead of naming the anchor.',
      });
      return null;
    }
    this.aliasDepth += 1;
    const value = this.read(target);
    this.aliasDepth -= 1;
    return value;
  }

  private readScalar(value: unknown, node: Node): JsonValue {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (value === null || value === undefined) return null;
    this.say(startOf(node), {
      rule: 'value-not-json',
      message: 'A value is neither text, a number, true, false nor null.',
      remedy: 'Put it in quotes.',
    });
    return null;
  }

  private count(node: Node, more = 1): void {
    const { budget } = this;
    budget.nodes += more;
    if (this.aliasDepth > 0) budget.aliased += more;
    if (budget.aliased > DEFINITION_LIMITS.aliasedNodes) {
      throw new ReadError('alias-bomb', startOf(node), {
        message: `Aliases repeat more than ${DEFINITION_LIMITS.aliasedNodes} values.`,
        remedy: 'Write less with aliases.',
      });
    }
    if (budget.nodes > DEFINITION_LIMITS.nodes) {
      throw new ReadError('too-large', startOf(node), {
        message: `The file holds more than ${DEFINITION_LIMITS.nodes} values.`,
        remedy: 'Split it into several files.',
      });
    }
  }
}

function toKey(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return undefined;
}

/** Where a node begins. */
export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
