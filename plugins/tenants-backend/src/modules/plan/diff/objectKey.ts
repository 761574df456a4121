// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { objectField, textField } from '../../manifests/jsonValue';

/** What makes two descriptions the same object: group, kind, namespace and name; not the version. */
export function objectKey(object: JsonObject): string {
  const group = (textField(object, 'apiVersion') ?? '').split('/').slice(0, -1);
  const metadata = objectField(object, 'metadata');
  return JSON.stringify([
    group.join('/'),
    textField(object, 'kind') ?? '',
    textField(metadata, 'namespace') ?? '',
    textField(metadata, 'name') ?? '',
  ]);
}

/** A manifest as the JSON it is. */
export function toJson(manifest: KubeManifest): JsonObject {
  return manifest as unknown as JsonObject;
}
