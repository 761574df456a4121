// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { applyPatch, type Operation } from 'fast-json-patch';
import type { ClusterObjects } from '../storage/ClusterObjects';
import type { Propagation } from '../storage/Deletion';
import {
  ApiError,
  badRequest,
  conflict,
  methodNotAllowed,
} from '../storage/ApiError';
import {
  cloneJson,
  isRecord,
  recordOf,
  textOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject, NewObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import { mergePatch } from '../storage/patches/mergePatch';
import { serverSideApply } from '../storage/patches/serverSideApply';
import { strategicMerge } from '../storage/patches/strategicMerge';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import { selectionOf } from './ListReader';
import type { RequestInfo } from './RequestInfo';
import { parseObject, readBody } from './respond';
import { scaleOf, withScale } from './scale';

export type Answer = { readonly code: number; readonly object: unknown };
type Ports = { objects: ClusterObjects; store: ObjectStore; clock: Clock };

/** Creates, changes and deletes objects for HTTP requests. */
export class WriteHandler {
  constructor(private readonly ports: Ports) {}

  async handle(info: RequestInfo, request: IncomingMessage): Promise<Answer> {
    const text = await readBody(request);
    const type = request.headers['content-type'] ?? 'application/json';
    if (type.includes('protobuf')) {
      throw new ApiError({
        code: 415,
        reason: 'UnsupportedMediaType',
        message:
          'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
      });
    }
    switch (info.verb) {
      case 'create':
        return this.create(info, parseObject(text, type));
      case 'update':
        return this.update(info, parseObject(text, type));
      case 'patch':
        return this.patch(info, { text, type });
      case 'delete':
        return this.remove(info, text ? parseObject(text, type) : {});
      case 'deletecollection':
        return this.removeAll(info, text ? parseObject(text, type) : {});
      default:
        throw methodNotAllowed();
    }
  }

  private create(info: RequestInfo, body: JsonRecord): Answer {
    if (info.name !== undefined) throw methodNotAllowed();
    const { status, ...given } = body;
    const object = newObject(
      info,
      info.kind.subresources.includes('status') ? given : { ...given, status },
    );
    return {
      code: 201,
      object: this.ports.objects.createAs(info.kind, object, {
        dryRun: isDryRun(info),
      }).object,
    };
  }

  private update(info: RequestInfo, body: JsonRecord): Answer {
    const current = this.current(info);
    if (info.subresource === 'scale') return this.rescale(info, body);
    const given = asObject(info, body);
    if (given.metadata.name !== current.metadata.name) {
      throw badRequest(
        `the name of the object (${given.metadata.name}) does not match the name on the URL (${current.metadata.name})`,
      );
    }
    return this.write(info, given);
  }

  private patch(
    info: RequestInfo,
    body: { text: string; type: string },
  ): Answer {
    if (body.type.includes('apply-patch'))
      return this.apply(info, parseObject(body.text, 'yaml'));
    const current = this.current(info);
    if (info.subresource === 'scale') {
      return this.rescale(
        info,
        patched(scaleOf(info.kind, current), body, info),
      );
    }
    return this.write(info, asObject(info, patched(current, body, info)));
  }

  private apply(info: RequestInfo, applied: JsonRecord): Answer {
    const manager = info.query.get('fieldManager');
    if (!manager)
      throw badRequest(
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      );
    const { kind, namespace, name } = info;
    const present = this.ports.store.get(kind, namespace, name ?? '')?.object;
    const base: JsonRecord = present ?? {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, namespace },
    };
    const merged = serverSideApply(base, applied, {
      subject: kind,
      apiVersion: kind.apiVersion,
      manager,
      force: info.query.get('force') === 'true',
      now: timestamp(this.ports.clock.now()),
    });
    if (present) return this.write(info, asObject(info, merged));
    const object = newObject(info, merged);
    return {
      code: 201,
      object: this.ports.objects.createAs(kind, object, {
        dryRun: isDryRun(info),
      }).object,
    };
  }

  private write(info: RequestInfo, given: KubeObject): Answer {
    const part = info.subresource === 'status' ? 'status' : 'main';
    return {
      code: 200,
      object: this.ports.objects.replace(info.kind, given, {
        part,
        dryRun: isDryRun(info),
      }),
    };
  }

  private rescale(info: RequestInfo, scale: JsonRecord): Answer {
    const current = this.current(info);
    const version = textOf(recordOf(scale.metadata).resourceVersion);
    if (version && version !== current.metadata.resourceVersion)
      throw conflict(info.kind, current.metadata.name);
    const written = this.ports.objects.replace(
      info.kind,
      withScale(current, scale),
      { part: 'main', dryRun: isDryRun(info) },
    );
    return { code: 200, object: scaleOf(info.kind, written) };
  }

  private remove(info: RequestInfo, options: JsonRecord): Answer {
    const { kind, namespace, name } = info;
    const revision = this.ports.objects.require(kind, namespace, name ?? '');
    this.checkPreconditions(info, {
      object: revision.object,
      preconditions: recordOf(options.preconditions),
    });
    if (isDryRun(info) || isAll(options.dryRun))
      return { code: 200, object: revision.object };
    const after = this.ports.objects.deletion.delete(
      kind,
      revision,
      deleteOptions(info, options),
    );
    if (this.ports.store.get(kind, namespace, name ?? ''))
      return { code: 200, object: after };
    if (kind.resource === 'pods') return { code: 200, object: after };
    const details = {
      name,
      ...(kind.group && { group: kind.group }),
      kind: kind.plural,
      uid: revision.object.metadata.uid,
    };
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

  private removeAll(info: RequestInfo, options: JsonRecord): Answer {
    const { kind, namespace } = info;
    const selects = selectionOf(info);
    const chosen = this.ports.store
      .list(kind, namespace)
      .filter(revision => !selects || selects(revision));
    for (const { object } of isDryRun(info) ? [] : chosen) {
      const current = this.ports.store.get(
        kind,
        object.metadata.namespace,
        object.metadata.name,
      );
      if (current)
        this.ports.objects.deletion.delete(
          kind,
          current,
          deleteOptions(info, options),
        );
    }
    const items = chosen.map(revision => revision.object);
    const metadata = {
      resourceVersion: String(this.ports.store.currentVersion),
    };
    return {
      code: 200,
      object: {
        kind: `${kind.kind}List`,
        apiVersion: kind.apiVersion,
        metadata,
        items,
      },
    };
  }

  private checkPreconditions(
    info: RequestInfo,
    check: { object: KubeObject; preconditions: JsonRecord },
  ): void {
    const { uid, resourceVersion } = check.preconditions;
    const { metadata } = check.object;
    if (typeof uid === 'string' && uid !== metadata.uid) {
      throw conflict(
        info.kind,
        metadata.name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
      );
    }
    if (
      typeof resourceVersion === 'string' &&
      resourceVersion !== metadata.resourceVersion
    ) {
      throw conflict(
        info.kind,
        metadata.name,
        `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${metadata.resourceVersion}`,
      );
    }
  }

  private current(info: RequestInfo): KubeObject {
    return this.ports.objects.require(
      info.kind,
      info.namespace,
      info.name ?? '',
    ).object;
  }
}

function patched(
  current: JsonRecord,
  body: { text: string; type: string },
  info: RequestInfo,
): JsonRecord {
  if (body.type.includes('json-patch'))
    return recordOf(jsonPatch(current, body.text));
  const patch = parseObject(body.text, body.type);
  if (body.type.includes('strategic-merge-patch')) {
    if (!info.kind.custom) return strategicMerge(cloneJson(current), patch);
    throw new ApiError({
      code: 415,
      reason: 'UnsupportedMediaType',
      message:
        'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    });
  }
  if (body.type.includes('merge-patch'))
    return recordOf(mergePatch(cloneJson(current), patch));
  throw new ApiError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message:
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
  });
}

function jsonPatch(current: JsonRecord, text: string): unknown {
  let operations: unknown;
  try {
    operations = JSON.parse(text);
  } catch {
    throw badRequest('the body is no JSON patch');
  }
  if (!isOperations(operations)) throw badRequest('the body is no JSON patch');
  try {
    return applyPatch<JsonRecord>(
      cloneJson(current),
      operations,
      true,
      true,
      true,
    ).newDocument;
  } catch (error) {
    const message =
      error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ApiError({
      code: 422,
      reason: 'Invalid',
      message: `the server rejected our request due to an error in our request: ${message}`,
      details: {},
    });
  }
}

function isOperations(value: unknown): value is Operation[] {
  return (
    Array.isArray(value) &&
    value.every(
      item =>
        isRecord(item) &&
        typeof item.op === 'string' &&
        typeof item.path === 'string',
    )
  );
}

function asObject(info: RequestInfo, body: JsonRecord): KubeObject {
  const metadata = recordOf(body.metadata);
  const given = newObject(info, body);
  const name = textOf(metadata.name) ?? info.name ?? '';
  return {
    ...body,
    apiVersion: given.apiVersion,
    kind: given.kind,
    metadata: {
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      ...given.metadata,
      name,
    },
    spec: optionalRecord(body.spec),
    status: optionalRecord(body.status),
  };
}

function optionalRecord(value: unknown): JsonRecord | undefined {
  return isRecord(value) ? value : undefined;
}

function newObject(info: RequestInfo, body: JsonRecord): NewObject {
  const metadata = recordOf(body.metadata);
  const named = textOf(metadata.namespace);
  if (info.namespace && named && named !== info.namespace) {
    throw badRequest(
      `the namespace of the provided object does not match the namespace sent on the request`,
    );
  }
  const namespace = info.kind.namespaced ? info.namespace ?? named : undefined;
  return {
    ...body,
    apiVersion: textOf(body.apiVersion) ?? info.kind.apiVersion,
    kind: textOf(body.kind) ?? info.kind.kind,
    metadata: { ...metadata, namespace },
  };
}

function deleteOptions(
  info: RequestInfo,
  options: JsonRecord,
): { propagation?: Propagation; gracePeriodSeconds?: number } {
  const policy =
    textOf(options.propagationPolicy) ?? info.query.get('propagationPolicy');
  const query = info.query.get('gracePeriodSeconds');
  const grace =
    typeof options.gracePeriodSeconds === 'number'
      ? options.gracePeriodSeconds
      : Number(query ?? NaN);
  return {
    propagation:
      policy === 'Orphan' || policy === 'Foreground' ? policy : 'Background',
    gracePeriodSeconds: Number.isFinite(grace) ? grace : undefined,
  };
}

function isAll(value: unknown): boolean {
  return Array.isArray(value) && value.includes('All');
}

function isDryRun(info: RequestInfo): boolean {
  return info.query.getAll('dryRun').includes('All');
}
