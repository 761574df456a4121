// SPDX-License-Identifier: Apache-2.0
import type { ClusterObjects } from '../storage/ClusterObjects';
import type { Propagation } from '../storage/Deletion';
import type { Kind } from '../kinds/Kind';
import { conflict, forbidden } from '../storage/ApiError';
import { recordOf, textOf, type JsonRecord } from '../storage/json';
import type { KubeObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import { selectionOf } from './ListReader';
import type { RequestInfo } from './RequestInfo';
import { asViewed, storedKind } from './viewed';
import type { Answer } from './WriteHandler';
import { badOption, checkDryRun } from './writeOptions';

type Ports = { objects: ClusterObjects; store: ObjectStore };
/** Kinds whose deletion answers with the object, even when it is gone at once. */
const ANSWERS_OBJECT: ReadonlySet<string> = new Set([
  'namespaces',
  'pods',
  'services',
  'serviceaccounts',
  'persistentvolumeclaims',
  'persistentvolumes',
  'resourcequotas',
  'replicationcontrollers',
  'customresourcedefinitions.apiextensions.k8s.io',
]);

const PROTECTED: ReadonlySet<string> = new Set([
  'default',
  'kube-public',
  'kube-system',
]);
const POLICIES = ['Background', 'Foreground', 'Orphan'];

/** Deletes objects for HTTP requests. */
export class DeleteHandler {
  constructor(private readonly ports: Ports) {}

  remove(info: RequestInfo, options: JsonRecord): Answer {
    const { kind, namespace, name = '' } = info;
    const { objects, store } = this.ports;
    const policy = deleteOptions(info, options);
    if (kind.resource === 'namespaces' && PROTECTED.has(name))
      throw forbidden(kind, name, {
        why: 'this namespace may not be deleted',
      });
    const revision = objects.require(kind, namespace, name);
    checkPreconditions(info, revision.object, recordOf(options.preconditions));
    if (isDryRun(info, options)) return this.removed(info, revision.object);
    const after = objects.deletion.delete(storedKind(kind), revision, policy);
    const held = (after.metadata.finalizers?.length ?? 0) > 0;
    if (held || store.get(kind, namespace, name))
      return { code: 200, object: asViewed(kind, after) };
    return this.removed(info, after);
  }

  removeAll(info: RequestInfo, options: JsonRecord): Answer {
    const { kind, namespace } = info;
    const { objects, store } = this.ports;
    const selects = selectionOf(info);
    const chosen = store
      .list(kind, namespace)
      .filter(revision => !selects || selects(revision));
    for (const { object } of isDryRun(info, options) ? [] : chosen) {
      const { metadata } = object;
      const current = store.get(kind, metadata.namespace, metadata.name);
      if (current)
        objects.deletion.delete(
          storedKind(kind),
          current,
          deleteOptions(info, options),
        );
    }
    return {
      code: 200,
      object: {
        kind: `${kind.kind}List`,
        apiVersion: kind.apiVersion,
        metadata: { resourceVersion: String(store.currentVersion) },
        items: chosen.map(({ object }) => listItem(kind, object)),
      },
    };
  }

  private removed({ kind, name }: RequestInfo, object: KubeObject): Answer {
    if (ANSWERS_OBJECT.has(kind.resource)) return { code: 200, object };
    const { uid } = object.metadata;
    const group = kind.group || undefined;
    const details = { name, group, kind: kind.plural, uid };
    return {
      code: 200,
      object: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details,
      },
    };
  }
}

/** Items of a typed list carry no kind of their own. */
function listItem(kind: Kind, object: KubeObject): unknown {
  if (kind.custom) return asViewed(kind, object);
  const { kind: _kind, apiVersion: _version, ...item } = asViewed(kind, object);
  return item;
}

function checkPreconditions(
  { kind }: RequestInfo,
  { metadata }: KubeObject,
  preconditions: JsonRecord,
): void {
  const uid = textOf(preconditions.uid);
  const version = textOf(preconditions.resourceVersion);
  const subject = { plural: kind.kind, group: kind.group };
  if (uid !== undefined && uid !== metadata.uid)
    throw conflict(
      subject,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (version !== undefined && version !== metadata.resourceVersion)
    throw conflict(
      subject,
      metadata.name,
      `the ResourceVersion in the precondition (${version}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
}

function deleteOptions(
  { query }: RequestInfo,
  options: JsonRecord,
): { propagation?: Propagation; gracePeriodSeconds?: number } {
  const policy =
    textOf(options.propagationPolicy) ?? query.get('propagationPolicy');
  const orphans =
    options.orphanDependents === true ||
    query.get('orphanDependents') === 'true';
  const grace =
    typeof options.gracePeriodSeconds === 'number'
      ? options.gracePeriodSeconds
      : Number(query.get('gracePeriodSeconds') ?? NaN);
  if (policy && orphans)
    throw badOption('delete', {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(
        policy,
      )}: orphanDependents and deletionPropagation cannot be both set`,
      field: 'propagationPolicy',
    });
  if (policy && !POLICIES.includes(policy))
    throw badOption('delete', {
      reason: 'FieldValueNotSupported',
      message: `Unsupported value: ${JSON.stringify(
        policy,
      )}: supported values: "Foreground", "Background", "Orphan", "nil"`,
      field: 'propagationPolicy',
    });
  return {
    propagation: propagationOf(orphans ? 'Orphan' : policy),
    gracePeriodSeconds: Number.isFinite(grace) ? grace : undefined,
  };
}

function propagationOf(policy: string | null): Propagation {
  return policy === 'Orphan' || policy === 'Foreground' ? policy : 'Background';
}

function isDryRun({ query, verb }: RequestInfo, options: JsonRecord): boolean {
  const sent = Array.isArray(options.dryRun) ? options.dryRun : [];
  const values = [...query.getAll('dryRun'), ...sent];
  checkDryRun(verb, values);
  return values.length > 0;
}
