// SPDX-License-Identifier: Apache-2.0
import { isRecord, recordOf, recordsOf, textOf } from '../storage/json';
import type { Objects } from '../storage/Objects';
import type { Container } from './Pod';

const SOURCES = {
  configMap: { resource: 'configmaps', word: 'configmap', kind: 'ConfigMap' },
  secret: { resource: 'secrets', word: 'secret', kind: 'Secret' },
} as const;
type Source = (typeof SOURCES)[keyof typeof SOURCES];
type Reference = {
  name: string;
  key?: string;
  optional: boolean;
  source: Source;
};

/** What the environment of a container refers to and is not there, as the kubelet words it. */
export function missingConfig(
  container: Container,
  { objects, namespace }: { objects: Objects; namespace: string },
): string | undefined {
  for (const { name, key, optional, source } of referencesOf(container)) {
    if (optional) continue;
    const found = objects.get(source.resource, { namespace, name });
    if (!found) return `${source.word} "${name}" not found`;
    const keys = { ...recordOf(found.data), ...recordOf(found.binaryData) };
    if (key !== undefined && !Object.hasOwn(keys, key))
      return `couldn't find key ${key} in ${source.kind} ${namespace}/${name}`;
  }
  return undefined;
}

function referencesOf(container: Container): Reference[] {
  const whole = recordsOf(container.envFrom).flatMap(from => [
    ...reference(from.configMapRef, SOURCES.configMap),
    ...reference(from.secretRef, SOURCES.secret),
  ]);
  const single = recordsOf(container.env).flatMap(({ valueFrom }) => [
    ...reference(recordOf(valueFrom).configMapKeyRef, SOURCES.configMap),
    ...reference(recordOf(valueFrom).secretKeyRef, SOURCES.secret),
  ]);
  return [...whole, ...single];
}

function reference(value: unknown, source: Source): Reference[] {
  const name = isRecord(value) ? textOf(value.name) : undefined;
  if (!isRecord(value) || !name) return [];
  const key = textOf(value.key);
  return [{ name, key, optional: value.optional === true, source }];
}
