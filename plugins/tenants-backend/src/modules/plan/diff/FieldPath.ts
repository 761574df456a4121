// SPDX-License-Identifier: Apache-2.0
import type { JsonObject } from '@tenantry/backstage-plugin-tenants-node/definitions';

/** A place in an object in the words of managed fields: `f:spec`, `k:{"name":"web"}`. */
export type FieldPath = readonly string[];

/** The segment of a list item with these key fields. Keys are sorted, as the API server writes them. */
export function itemSegment(key: JsonObject): string {
  const sorted = Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1));
  return `k:${JSON.stringify(Object.fromEntries(sorted))}`;
}

/** `spec.template.spec.containers[web].image` */
export function sayPath(path: FieldPath): string {
  return path.reduce((said, segment) => {
    const text = segment.slice(2);
    if (segment.startsWith('k:')) {
      return `${said}[${Object.values(JSON.parse(text)).join('/')}]`;
    }
    if (segment.startsWith('v:')) return `${said}[${text}]`;
    if (/[./]/.test(text)) return `${said}["${text}"]`;
    return said === '' ? text : `${said}.${text}`;
  }, '');
}
