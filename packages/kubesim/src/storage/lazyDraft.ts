// SPDX-License-Identifier: Apache-2.0
import { cloneJson } from './json';
import type { KubeObject, Metadata } from './Objects';

/**
 * A copy of a stored object to change. A part is copied when it is first looked at, since most changes touch one
 * part of many. The entries of managedFields are shared with the stored object: replace them, never change them.
 */
export function lazyDraft(object: KubeObject): KubeObject {
  const draft: KubeObject = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
  };
  for (const key of Object.keys(object)) {
    const part = object[key];
    if (typeof part !== 'object' || part === null) draft[key] = part;
    else copyWhenRead(draft, key, () => copyOf(object, key));
  }
  return draft;
}

function copyOf(object: KubeObject, key: string): unknown {
  return key === 'metadata'
    ? copyMetadata(object.metadata)
    : cloneJson(object[key]);
}

function copyMetadata({ managedFields, ...rest }: Metadata): Metadata {
  const copy = cloneJson(rest);
  return managedFields ? { ...copy, managedFields } : copy;
}

function copyWhenRead(
  draft: KubeObject,
  key: string,
  copy: () => unknown,
): void {
  const become = (value: unknown) =>
    Object.defineProperty(draft, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  Object.defineProperty(draft, key, {
    get: () => {
      const value = copy();
      become(value);
      return value;
    },
    set: become,
    enumerable: true,
    configurable: true,
  });
}

/** The draft as a plain object, with the stored parts where it was never looked at. */
export function settled(draft: KubeObject, object: KubeObject): KubeObject {
  const result: KubeObject = { ...object };
  for (const key of Object.keys(object))
    if (!Object.hasOwn(draft, key)) delete result[key];
  for (const key of Object.keys(draft)) {
    const { get } = Object.getOwnPropertyDescriptor(draft, key) ?? {};
    if (!get) result[key] = draft[key];
  }
  return result;
}
