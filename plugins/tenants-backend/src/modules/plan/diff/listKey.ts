// SPDX-License-Identifier: Apache-2.0
import type {
  JsonObject,
  JsonValue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import { isJsonObject } from '../../manifests/jsonValue';
import type { FieldPath } from './FieldPath';

/** Lists whose items the API server merges by key, by the name of the list: the key fields with what they are when left out. */
const KEYS: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  containers: { name: '' },
  initContainers: { name: '' },
  ephemeralContainers: { name: '' },
  volumes: { name: '' },
  env: { name: '' },
  imagePullSecrets: { name: '' },
  secrets: { name: '' },
  volumeMounts: { mountPath: '' },
  volumeDevices: { devicePath: '' },
  hostAliases: { ip: '' },
  topologySpreadConstraints: { topologyKey: '', whenUnsatisfiable: '' },
};
const CONTAINER_PORT = { containerPort: 0, protocol: 'TCP' };
const SERVICE_PORT = { port: 0, protocol: 'TCP' };
/** Network policies have ports too, whose lists are replaced as a whole. */
const ATOMIC_PARENTS = ['f:ingress', 'f:egress'];

/** The key of an item in a list; `undefined` where the list is replaced as a whole. */
export function listKey(
  path: FieldPath,
  item: JsonValue,
): JsonObject | undefined {
  const fields = keyFields(path);
  if (!fields || !isJsonObject(item)) return undefined;
  return Object.fromEntries(
    Object.entries(fields).map(([name, otherwise]) => [
      name,
      Object.hasOwn(item, name) ? item[name] : otherwise,
    ]),
  );
}

function keyFields(
  path: FieldPath,
): Readonly<Record<string, JsonValue>> | undefined {
  const name = path.at(-1)?.slice(2) ?? '';
  if (name === 'ports') {
    if (path.some(segment => ATOMIC_PARENTS.includes(segment)))
      return undefined;
    return path.length === 2 ? SERVICE_PORT : CONTAINER_PORT;
  }
  return Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
}
