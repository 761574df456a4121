// SPDX-License-Identifier: Apache-2.0
import { at, type Json } from '../Json';
import type { Session } from '../Session';

export const CRDS = 'apiextensions.k8s.io/v1/customresourcedefinitions';
export const SCHEMA = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      required: ['size'],
      properties: {
        size: { type: 'integer', minimum: 1, maximum: 9 },
        colour: { type: 'string', enum: ['red', 'blue'], default: 'red' },
        name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
        parts: {
          type: 'array',
          maxItems: 3,
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              weight: { type: 'integer' },
            },
            required: ['id'],
          },
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['id'],
        },
        free: {
          type: 'object',
          'x-kubernetes-preserve-unknown-fields': true,
        },
        port: { 'x-kubernetes-int-or-string': true },
      },
    },
    status: {
      type: 'object',
      properties: { ready: { type: 'integer' }, replicas: { type: 'integer' } },
    },
  },
};

/** Each case has a group of its own; its widgets go with it. */
export function groupOf(api: Session): string {
  return `${api.ns}.example.com`;
}

export function definition(api: Session, version: object = {}) {
  const group = groupOf(api);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        plural: 'widgets',
        singular: 'widget',
        kind: 'Widget',
        shortNames: ['wi'],
        categories: ['all'],
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: SCHEMA },
          ...version,
        },
      ],
    },
  };
}

export async function defined(
  api: Session,
  version: object = {},
): Promise<string> {
  const body = definition(api, version);
  await api.create(api.path(CRDS), body, { quiet: true });
  await api.settle(api.path(CRDS, body.metadata.name), established, {
    quiet: true,
  });
  const path = api.in(`${groupOf(api)}/v1/widgets`);
  // A server needs a moment from Established to serving.
  for (let turn = 0; turn < 200; turn += 1) {
    const { status } = await api.get(path, { quiet: true });
    if (status === 200) break;
  }
  return path;
}

export function established(object: Json | undefined): boolean {
  const conditions = at(object, 'status', 'conditions');
  return (
    Array.isArray(conditions) &&
    conditions.some(
      condition =>
        at(condition, 'type') === 'Established' &&
        at(condition, 'status') === 'True',
    )
  );
}

export function widget(
  api: Session,
  name: string,
  spec: object,
  more: object = {},
) {
  return {
    apiVersion: `${groupOf(api)}/v1`,
    kind: 'Widget',
    metadata: { name },
    spec,
    ...more,
  };
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function conditionsOf(body: Json): Json {
  return list(at(body, 'status', 'conditions')).map(condition => [
    at(condition, 'type') ?? '',
    at(condition, 'status') ?? '',
    at(condition, 'reason') ?? '',
  ]);
}
