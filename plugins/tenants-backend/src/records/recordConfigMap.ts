// SPDX-License-Identifier: Apache-2.0
import { environmentSpecSchema } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import { z } from 'zod';
import {
  APPLY_SET_ANNOTATIONS,
  APPLY_SET_ID,
  applySetIdOf,
  groupKind,
  recordName,
} from './applySet';
import type { EnvironmentRecord } from './EnvironmentRecord';

/** Where records are and how they are marked. */
export type RecordPlace = {
  readonly cluster: string;
  readonly systemNamespace: string;
  /** Of our labels, such as `tenantry.dev`. */
  readonly prefix: string;
};

/** A record, or why the object is none. */
export type ReadRecord =
  | { readonly record: EnvironmentRecord }
  | { readonly problem: string };

const API_VERSION = 'tenantry.dev/v1';
const MAX_NAMES = 100;
const name = z.string().min(1).max(253);
const names = z.array(name).max(MAX_NAMES);

/** What stands in the ConfigMap as JSON. */
const storedSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  tenant: z.string().min(1).max(63),
  owner: z.string().max(135).optional(),
  environment: z.string().min(1).max(63),
  namespaces: names.min(1),
  state: z.enum(['active', 'retained']),
  spec: environmentSpecSchema,
  revision: z.number().int().nonnegative(),
  releases: z.record(
    name,
    z.strictObject({ version: z.string(), hash: z.string() }),
  ),
  definitions: z.string(),
  operation: z.string().max(100).optional(),
  places: z
    .record(name, z.array(z.string().max(253)).max(MAX_NAMES))
    .optional(),
});

const objectSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  data: z.object({ record: z.string() }),
});

/** Label that marks a ConfigMap as a record, and its value. */
export function recordLabel(prefix: string): readonly [string, string] {
  return [`${prefix}/record`, 'environment'];
}

/** Annotation with the newest lease that may write. Outside of the JSON, so that a person can lower it after the portal’s database was lost. */
export function fenceAnnotation(prefix: string): string {
  return `${prefix}/fence`;
}

/** A record as the ConfigMap that holds it. Carries the version it was read at, as a precondition. */
export function toConfigMap(
  record: EnvironmentRecord,
  place: RecordPlace & { readonly tooling: string },
): KubeManifest {
  const { prefix, systemNamespace } = place;
  const { cluster, fence, stored, applySetId, ...kept } = record;
  const places = record.places ?? {};
  const outside = Object.values(places).flat();
  const members = new Set([...record.namespaces, ...outside]);
  members.delete('');
  const groupKinds = [...new Set(Object.keys(places).map(groupKind))].sort();
  const [label, value] = recordLabel(prefix);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: recordName(record),
      namespace: systemNamespace,
      labels: {
        [label]: value,
        [`${prefix}/tenant`]: record.tenant,
        [`${prefix}/environment`]: record.environment,
        [APPLY_SET_ID]: applySetId,
      },
      annotations: {
        [APPLY_SET_ANNOTATIONS.tooling]: place.tooling,
        [APPLY_SET_ANNOTATIONS.groupKinds]: groupKinds.join(),
        [APPLY_SET_ANNOTATIONS.namespaces]: [...members].sort().join(),
        [fenceAnnotation(prefix)]: String(fence),
      },
      ...(stored && { resourceVersion: stored.resourceVersion }),
    },
    data: { record: JSON.stringify({ apiVersion: API_VERSION, ...kept }) },
  };
}

/** The namespace that records are in. */
export function systemNamespaceManifest(systemNamespace: string): KubeManifest {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: systemNamespace,
      labels: { 'app.kubernetes.io/managed-by': 'tenantry' },
    },
  };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A record that came from a repository has none until an operation claims it. */
function readFence(text = '0'): number | undefined {
  const fence = Number(text);
  return Number.isSafeInteger(fence) && fence >= 0 ? fence : undefined;
}

/** Says where a record does not fit; never what it holds. */
function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue && issue.path.length > 0
    ? `“${issue.path.join('.')}” is not as it should be`
    : 'it is no record of a version this portal knows';
}

/** Reads a ConfigMap as a record. */
export function fromConfigMap(object: unknown, place: RecordPlace): ReadRecord {
  const parsed = objectSchema.safeParse(object);
  if (!parsed.success) return { problem: 'it has no record in it' };
  const { metadata, data } = parsed.data;
  const content = storedSchema.safeParse(readJson(data.record));
  if (!content.success) return { problem: problemOf(content.error) };
  const { apiVersion, ...kept } = content.data;
  const fence = readFence(metadata.annotations[fenceAnnotation(place.prefix)]);
  if (fence === undefined) return { problem: 'its fence is no number' };
  if (metadata.name !== recordName(kept)) {
    return { problem: 'its name is that of another environment' };
  }
  const { cluster, systemNamespace } = place;
  const { uid, resourceVersion } = metadata;
  const applySetId = applySetIdOf(kept, systemNamespace);
  const stored = { uid, resourceVersion };
  return { record: { ...kept, cluster, fence, applySetId, stored } };
}
