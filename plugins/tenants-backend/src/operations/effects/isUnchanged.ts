// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import {
  isItem,
  isJson,
  isSetValue,
  itemKeys,
  ownedFields,
  type FieldTree,
} from './fieldTree';
import { isSameQuantity } from './isSameQuantity';

/** Members under which the server writes quantities its own way. */
const quantities = new Set([
  'requests',
  'limits',
  'hard',
  'max',
  'min',
  'default',
  'defaultRequest',
  'maxLimitRequestRatio',
]);
const quantityMembers = new Set(['sizeLimit', 'divisor', 'averageValue']);

type Place = { readonly parent: string; readonly member: string };
const top: Place = { parent: '', member: '' };

/** What Go leaves out when it writes. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (value === '' || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJson(value) && Object.values(value).every(isEmpty);
}

function isSameScalar(wanted: unknown, live: unknown, place: Place): boolean {
  if (wanted === live) return true;
  const isQuantity =
    quantities.has(place.parent) || quantityMembers.has(place.member);
  return isQuantity && isSameQuantity(String(wanted), String(live));
}

/** Whether what is live has everything that is wanted; what it has besides is the server’s or others’. */
function isWithin(wanted: unknown, live: unknown, place: Place = top): boolean {
  if (live === undefined || live === null) return isEmpty(wanted);
  if (Array.isArray(wanted)) return isListWithin(wanted, live, place);
  if (!isJson(wanted)) return isSameScalar(wanted, live, place);
  if (!isJson(live)) return false;
  return Object.entries(wanted).every(([key, value]) =>
    isWithin(value, live[key], { parent: place.member, member: key }),
  );
}

/** Of lists that are merged by key, the order is the server’s. */
function isListWithin(
  wanted: readonly unknown[],
  live: unknown,
  place: Place,
): boolean {
  if (!Array.isArray(live)) return false;
  const inOrder =
    wanted.length === live.length &&
    wanted.every((item, at) => isWithin(item, live[at], place));
  if (inOrder) return true;
  const isSame = (item: unknown, other: unknown) =>
    isJson(item) &&
    isJson(other) &&
    typeof item.name === 'string' &&
    item.name === other.name &&
    isWithin(item, other, place);
  return (
    wanted.length > 0 &&
    wanted.every(item => live.some(other => isSame(item, other)))
  );
}

function childOf(value: unknown, key: string): unknown {
  if (key.startsWith('f:')) {
    return isJson(value) ? value[key.slice(2)] : undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const keys = itemKeys(key);
  return keys
    ? value.find(item => isItem(item, keys))
    : value.find(item => isSetValue(key, item));
}

/** Whether everything owned is still wanted: else it has to be given up. */
function wantsAll(tree: FieldTree, wanted: unknown): boolean {
  return Object.entries(tree).every(([key, below]) => {
    if (key === '.') return true;
    const child = childOf(wanted, key);
    return child !== undefined && wantsAll(below, child);
  });
}

function entryOf(tree: FieldTree, item: unknown): FieldTree | undefined {
  const key = Object.keys(tree).find(candidate => {
    const keys = itemKeys(candidate);
    return keys ? isItem(item, keys) : isSetValue(candidate, item);
  });
  return key === undefined ? undefined : tree[key];
}

/** Whether everything wanted is still owned: else somebody took it. */
function ownsAll(tree: FieldTree, wanted: unknown): boolean {
  // Owned as one value.
  if (Object.keys(tree).length === 0) return true;
  if (Array.isArray(wanted)) {
    return wanted.every(item => {
      const below = entryOf(tree, item);
      return below !== undefined && ownsAll(below, item);
    });
  }
  if (!isJson(wanted)) return true;
  return Object.entries(wanted).every(([key, value]) => {
    if (value === undefined || value === null) return true;
    const below = tree[`f:${key}`];
    return below === undefined ? isEmpty(value) : ownsAll(below, value);
  });
}

/** What of a manifest can be owned: not what says which object it is. */
function ownable({
  apiVersion,
  kind,
  metadata,
  ...rest
}: KubeManifest): object {
  const { name, namespace, resourceVersion, ...more } = metadata;
  return { ...rest, ...(isEmpty(more) ? {} : { metadata: more }) };
}

/** The annotation that each write sets anew is no difference. */
function withoutAnnotation(tree: FieldTree, annotation: string): FieldTree {
  const metadata = tree['f:metadata'];
  const annotations = metadata?.['f:annotations'];
  if (!metadata || !annotations) return tree;
  const { [`f:${annotation}`]: _, ...left } = annotations;
  const { 'f:annotations': __, ...others } = metadata;
  const keeps = Object.keys(left).some(key => key !== '.');
  const next = keeps ? { ...others, 'f:annotations': left } : others;
  const { 'f:metadata': ___, ...outside } = tree;
  return Object.keys(next).length > 0
    ? { ...outside, 'f:metadata': next }
    : outside;
}

/**
 * Whether applying a manifest would change nothing: every value is there, we own each of them, and nothing else. Ownership alone
 * would not do: who may change an object may also write what its managed fields say.
 */
export function isUnchanged(
  manifest: KubeManifest,
  live: unknown,
  ours: { readonly manager: string; readonly annotation: string },
): boolean {
  const owned = ownedFields(live, ours.manager);
  if (!owned) return false;
  const wanted = ownable(manifest);
  const tree = withoutAnnotation(owned, ours.annotation);
  return (
    wantsAll(tree, wanted) && ownsAll(tree, wanted) && isWithin(wanted, live)
  );
}
