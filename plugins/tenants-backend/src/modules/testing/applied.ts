// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { isJsonObject } from '../manifests/jsonValue';
import { segmentOf } from '../plan/diff/compareFields';

/** A manifest as a cluster would show it after we applied it: with the fields we manage. */
export function applied(manifest: KubeManifest): JsonObject {
  const object: JsonObject = JSON.parse(JSON.stringify(manifest));
  const metadata = isJsonObject(object.metadata) ? object.metadata : {};
  const { apiVersion: _v, kind: _k, ...fields } = object;
  const { name: _n, namespace: _ns, ...meta } = metadata;
  return {
    ...object,
    metadata: {
      ...metadata,
      uid: `uid-of-${String(metadata.name)}`,
      resourceVersion: '7',
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [
        {
          manager: 'tenantry',
          operation: 'Apply',
          fieldsType: 'FieldsV1',
          fieldsV1: treeOf([], { ...fields, metadata: meta }),
        },
      ],
    },
  };
}

function treeOf(path: readonly string[], value: JsonValue): JsonObject {
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        `f:${name}`,
        treeOf([...path, `f:${name}`], member),
      ]),
    );
  }
  if (!Array.isArray(value)) return {};
  const segments = value.map((item: JsonValue) => segmentOf(path, item));
  if (segments.some(segment => segment === undefined)) return {};
  return Object.fromEntries(
    segments.map((segment, at) => [
      segment ?? '',
      treeOf([...path, segment ?? ''], value[at]),
    ]),
  );
}
