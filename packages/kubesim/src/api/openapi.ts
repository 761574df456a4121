// SPDX-License-Identifier: Apache-2.0
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import type { JsonRecord } from '../storage/json';

/**
 * The least OpenAPI that lets `kubectl apply` work with its default validation: it looks whether PATCH of the
 * kind takes `fieldValidation`, and leaves validation to the server when it does.
 */
export function openapi(
  pathname: string,
  kinds: KindRegistry,
  prefix = '',
): JsonRecord | undefined {
  if (pathname === '/openapi/v2') return openapiV2(kinds);
  if (pathname === '/openapi/v3') return index(kinds, prefix);
  if (!pathname.startsWith('/openapi/v3/')) return undefined;
  const root = pathname.slice('/openapi/v3/'.length);
  const own = kinds.all().filter(kind => rootOf(kind) === root);
  if (own.length === 0) return undefined;
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.13' },
    paths: Object.fromEntries(
      own.map(kind => [objectPath(kind), { patch: patchOf(kind) }]),
    ),
    components: {
      schemas: Object.fromEntries(
        own.map(kind => [schemaName(kind), schemaOf(kind)]),
      ),
    },
  };
}

function openapiV2(kinds: KindRegistry): JsonRecord {
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: 'v1.32.13' },
    paths: {},
    definitions: Object.fromEntries(
      kinds.all().map(kind => [schemaName(kind), schemaOf(kind)]),
    ),
  };
}

function index(kinds: KindRegistry, prefix: string): JsonRecord {
  const roots = [...new Set(kinds.all().map(rootOf))];
  return {
    paths: Object.fromEntries(
      roots.map(root => [
        root,
        { serverRelativeURL: `${prefix}/openapi/v3/${root}?hash=0` },
      ]),
    ),
  };
}

function rootOf(kind: Kind): string {
  return kind.group ? `apis/${kind.apiVersion}` : 'api/v1';
}

function objectPath(kind: Kind): string {
  return `/${rootOf(kind)}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${
    kind.plural
  }/{name}`;
}

function groupVersionKind(kind: Kind): JsonRecord {
  return { group: kind.group, version: kind.version, kind: kind.kind };
}

function patchOf(kind: Kind): JsonRecord {
  return {
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': groupVersionKind(kind),
    parameters: ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map(
      name => ({
        name,
        in: 'query',
        schema: {
          type: name === 'force' ? 'boolean' : 'string',
          uniqueItems: true,
        },
      }),
    ),
    responses: { 200: { description: 'OK' } },
  };
}

function schemaName(kind: Kind): string {
  const group = kind.group ? kind.group.split('.').reverse().join('.') : 'core';
  return `io.k8s.api.${group}.${kind.version}.${kind.kind}`;
}

function schemaOf(kind: Kind): JsonRecord {
  return {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    'x-kubernetes-group-version-kind': [groupVersionKind(kind)],
  };
}
