// SPDX-License-Identifier: Apache-2.0
import type { RenderedObject } from './RenderedObject';

/** Where the objects of an environment are: namespaces (empty: cluster-wide) by `apiVersion/Kind`. */
export function placesOf(
  objects: readonly Pick<RenderedObject, 'manifest'>[],
): Readonly<Record<string, readonly string[]>> {
  const places: Record<string, string[]> = {};
  for (const { manifest } of objects) {
    const key = `${manifest.apiVersion}/${manifest.kind}`;
    const namespaces = (places[key] ??= []);
    const namespace = manifest.metadata.namespace ?? '';
    if (!namespaces.includes(namespace)) namespaces.push(namespace);
  }
  return places;
}
