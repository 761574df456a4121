// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Kind } from '../Kind';
import type { Schema } from './Schema';

/** A field of a protobuf message: its JSON name, its type, and 1 when Go holds it by value. */
export type MessageField = readonly [name: string, type: string, byValue?: 1];
export type Message = Readonly<Record<string, MessageField>>;

export const REF_PREFIX = '#/definitions/';
const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const NOTHING: Schema = {};

/**
 * What Kubernetes 1.32 publishes about its own types: a schema and a protobuf message by definition name, as in
 * `io.k8s.api.core.v1.Pod`. Read when first asked for, then kept.
 */
export class Definitions {
  private schemas: ReadonlyMap<string, Schema> | undefined;
  private messages: ReadonlyMap<string, Message> | undefined;
  private names: ReadonlyMap<string, string> | undefined;
  private readonly custom = new WeakMap<Kind, Schema>();

  all(): ReadonlyMap<string, Schema> {
    this.schemas ??= read<Schema>('definitions.ndjson');
    return this.schemas;
  }

  message(name: string): Message | undefined {
    this.messages ??= read<Message>('messages.ndjson');
    return this.messages.get(name);
  }

  /** The definition name of a kind the API itself has; `undefined` for custom kinds. */
  nameOf(apiVersion: string, kind: string): string | undefined {
    this.names ??= namesOf(this.all());
    return this.names.get(`${apiVersion} ${kind}`);
  }

  /** The schema of a whole object of a kind; `undefined` when nothing is known about it. */
  ofKind(kind: Kind): Schema | undefined {
    if (kind.custom) return this.ofCustom(kind);
    const name = this.nameOf(kind.apiVersion, kind.kind);
    return name === undefined ? undefined : this.all().get(name);
  }

  /** Follows references, to a schema that says something itself. */
  resolve(schema: Schema | undefined): Schema {
    let current = schema ?? NOTHING;
    while (current.$ref !== undefined)
      current =
        this.all().get(current.$ref.slice(REF_PREFIX.length)) ?? NOTHING;
    return current;
  }

  private ofCustom(kind: Kind): Schema | undefined {
    if (!kind.schema) return undefined;
    const present = this.custom.get(kind);
    if (present) return present;
    const text: Schema = { type: 'string' };
    const made: Schema = {
      ...kind.schema,
      type: 'object',
      properties: {
        ...kind.schema.properties,
        apiVersion: text,
        kind: text,
        metadata: { $ref: REF_PREFIX + OBJECT_META },
      },
    };
    this.custom.set(kind, made);
    return made;
  }
}

/** One for all simulated clusters of a process: it holds nothing of any of them. */
export const definitions = new Definitions();

function read<T>(file: string): ReadonlyMap<string, T> {
  const root = dirname(require.resolve('@tenantry/kubesim/package.json'));
  const lines = readFileSync(join(root, 'schema', file), 'utf8').split('\n');
  return new Map(
    lines.filter(Boolean).map((line): readonly [string, T] => JSON.parse(line)),
  );
}

function namesOf(
  schemas: ReadonlyMap<string, Schema>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, schema] of schemas) {
    for (const item of schema['x-kubernetes-group-version-kind'] ?? []) {
      const group = item.group ? `${item.group}/` : '';
      names.set(`${group}${item.version} ${item.kind}`, name);
    }
  }
  return names;
}
