// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { definitions, REF_PREFIX } from '../kinds/schema/Definitions';
import type { GroupVersionKind, Schema } from '../kinds/schema/Schema';
import { isRecord, type JsonRecord } from '../storage/json';
import { VERSION } from './discovery';

const V3 = '/openapi/v3/';
const V3_PREFIX = '#/components/schemas/';
const INFO = { title: 'Kubernetes', version: VERSION.gitVersion };
const PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation', 'force'];
const ACTIONS: Readonly<Record<string, string>> = {
  get: 'get',
  put: 'put',
  patch: 'patch',
  delete: 'delete',
};

/**
 * The API described as OpenAPI: version 2 in one document, version 3 with one per group version. Enough for
 * `kubectl apply`, `diff` and `explain`, and for clients that merge by the extensions of a schema.
 */
export function openapi(
  pathname: string,
  kinds: KindRegistry,
  prefix = '',
): JsonRecord | undefined {
  if (pathname === '/openapi/v2') return documentV2(kinds);
  if (pathname === '/openapi/v3') return index(kinds, prefix);
  if (!pathname.startsWith(V3)) return undefined;
  const root = pathname.slice(V3.length);
  const own = kinds.served().filter(kind => rootOf(kind) === root);
  return own.length === 0 ? undefined : documentV3(own);
}

function documentV2(kinds: KindRegistry): JsonRecord {
  const served = kinds.served();
  const custom = served.flatMap(kind => {
    const schema = kind.custom ? describedSchema(kind) : undefined;
    return schema ? [[schemaName(kind), schema] as const] : [];
  });
  return {
    swagger: '2.0',
    info: INFO,
    paths: pathsOf(served, kind => ({
      'x-kubernetes-group-version-kind': groupVersionKind(kind),
      parameters: PARAMETERS.map(name => ({
        name,
        in: 'query',
        ...typeOf(name),
      })),
    })),
    definitions: Object.fromEntries([...definitions.all(), ...custom]),
  };
}

function documentV3(own: readonly Kind[]): JsonRecord {
  const schemas = new Map<string, unknown>();
  for (const kind of own) {
    const schema = describedSchema(kind) ?? { type: 'object' };
    schemas.set(schemaName(kind), componentOf(schema));
    collect(schema, schemas);
  }
  return {
    openapi: '3.0.0',
    info: INFO,
    paths: pathsOf(own, kind => ({
      'x-kubernetes-group-version-kind': groupVersionKind(kind),
      parameters: PARAMETERS.map(name => ({
        name,
        in: 'query',
        schema: { ...typeOf(name), uniqueItems: true },
      })),
      responses: {
        200: {
          description: 'OK',
          content: {
            'application/json': {
              schema: { $ref: V3_PREFIX + schemaName(kind) },
            },
          },
        },
      },
    })),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function typeOf(parameter: string): JsonRecord {
  return { type: parameter === 'force' ? 'boolean' : 'string' };
}

function pathsOf(
  kinds: readonly Kind[],
  operation: (kind: Kind) => JsonRecord,
): JsonRecord {
  return Object.fromEntries(
    kinds.map(kind => {
      const common = operation(kind);
      const operations = Object.entries(ACTIONS).map(([method, action]) => [
        method,
        { 'x-kubernetes-action': action, ...common },
      ]);
      return [objectPath(kind), Object.fromEntries(operations)];
    }),
  );
}

/** Adds every definition a schema refers to. */
function collect(value: unknown, schemas: Map<string, unknown>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, schemas);
  if (!isRecord(value)) return;
  const { $ref } = value;
  if (typeof $ref === 'string' && $ref.startsWith(REF_PREFIX)) {
    const name = $ref.slice(REF_PREFIX.length);
    const schema = definitions.all().get(name);
    if (schema && !schemas.has(name)) {
      schemas.set(name, componentOf(schema));
      collect(schema, schemas);
    }
  }
  for (const member of Object.values(value)) collect(member, schemas);
}

/** A schema as version 3 writes it: a reference with company stands in an `allOf`. */
function componentOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(componentOf);
  if (!isRecord(value)) return value;
  const { $ref, ...rest } = value;
  const members = Object.fromEntries(
    Object.entries(rest).map(([key, member]) => [key, componentOf(member)]),
  );
  if (typeof $ref !== 'string') return members;
  const reference = { $ref: $ref.replace(REF_PREFIX, V3_PREFIX) };
  return Object.keys(rest).length === 0
    ? reference
    : { ...members, allOf: [reference] };
}

function index(kinds: KindRegistry, prefix: string): JsonRecord {
  const served = kinds.served();
  const roots = [...new Set(served.map(rootOf))];
  return {
    paths: Object.fromEntries(
      roots.map(root => {
        const own = served.filter(kind => rootOf(kind) === root);
        return [
          root,
          { serverRelativeURL: `${prefix}${V3}${root}?hash=${hashOf(own)}` },
        ];
      }),
    ),
  };
}

/** Clients cache a document as long as its hash stays; only custom kinds change. */
function hashOf(kinds: readonly Kind[]): string {
  const hash = createHash('sha256');
  for (const kind of kinds)
    hash.update(
      JSON.stringify([kind.plural, kind.schema ?? VERSION.gitVersion]),
    );
  return hash.digest('hex').slice(0, 32).toUpperCase();
}

function rootOf(kind: Kind): string {
  return kind.group ? `apis/${kind.apiVersion}` : 'api/v1';
}

function objectPath(kind: Kind): string {
  return `/${rootOf(kind)}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${
    kind.plural
  }/{name}`;
}

function groupVersionKind(kind: Kind): GroupVersionKind {
  return { group: kind.group, version: kind.version, kind: kind.kind };
}

function schemaName(kind: Kind): string {
  const known = definitions.nameOf(kind.apiVersion, kind.kind);
  if (known !== undefined && !kind.custom) return known;
  return `${kind.group.split('.').reverse().join('.')}.${kind.version}.${
    kind.kind
  }`;
}

function describedSchema(kind: Kind): Schema | undefined {
  const schema = definitions.ofKind(kind);
  if (!schema || !kind.custom) return schema;
  return {
    ...schema,
    'x-kubernetes-group-version-kind': [groupVersionKind(kind)],
  };
}
