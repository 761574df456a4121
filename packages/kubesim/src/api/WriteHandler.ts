// SPDX-License-Identifier: Apache-2.0
import type { IncomingMessage } from 'node:http';
import { definitions } from '../kinds/schema/Definitions';
import { omitEmpty } from '../kinds/schema/omitEmpty';
import { pruneObject } from '../kinds/schema/pruneObject';
import {
  badRequest,
  conflict,
  invalid,
  methodNotAllowed,
  notFound,
  type ApiError,
} from '../storage/ApiError';
import type { ClusterObjects, WriteOptions } from '../storage/ClusterObjects';
import {
  applyConfiguration,
  refuseUnknownFields,
} from '../storage/fields/applyConfiguration';
import {
  cloneJson,
  isRecord,
  recordOf,
  textOf,
  type JsonRecord,
} from '../storage/json';
import type { KubeObject, NewObject } from '../storage/Objects';
import type { ObjectStore } from '../storage/ObjectStore';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import { DeleteHandler } from './DeleteHandler';
import { decodeFields } from './fieldValidation';
import { bindPod } from './bindPod';
import { badPatch, checkPatched } from './checkPatched';
import { patched, type PatchBody } from './patched';
import type { RequestInfo } from './RequestInfo';
import { objectOf, parseObject, readBytes } from './respond';
import { scaleOf, withScale } from './scale';
import { asStored, asViewed, storedKind } from './viewed';
import { applier, badOption, writeOptions } from './writeOptions';

export type Answer = { readonly code: number; readonly object: unknown };
type Ports = { objects: ClusterObjects; store: ObjectStore; clock: Clock };

/** Creates, changes and deletes objects for HTTP requests. */
export class WriteHandler {
  private readonly deletes: DeleteHandler;

  constructor(private readonly ports: Ports) {
    this.deletes = new DeleteHandler(ports);
  }

  async handle(info: RequestInfo, request: IncomingMessage): Promise<Answer> {
    const body = await readBytes(request);
    const type = request.headers['content-type'] ?? 'application/json';
    const object = () => (body.length > 0 ? objectOf(body, type) : {});
    switch (info.verb) {
      case 'create':
        return this.create(
          info,
          objectOf(body, type),
          writeOptions(info, request),
        );
      case 'update':
        return this.update(
          info,
          objectOf(body, type),
          writeOptions(info, request),
        );
      case 'patch': {
        const patch = { text: body.toString('utf8'), type };
        return this.patch(info, patch, writeOptions(info, request));
      }
      case 'delete':
        return this.deletes.remove(info, object());
      case 'deletecollection':
        return this.deletes.removeAll(info, object());
      default:
        throw methodNotAllowed();
    }
  }

  private create(
    info: RequestInfo,
    body: JsonRecord,
    options: WriteOptions,
  ): Answer {
    if (info.subresource === 'binding')
      return bindPod(this.ports.objects, this.current(info), {
        binding: body,
        now: timestamp(this.ports.clock.now()),
      });
    if (info.name !== undefined) throw methodNotAllowed();
    const { status, ...given } = decodeFields(info, body);
    const object = newObject(
      info,
      info.kind.subresources.includes('status') ? given : { ...given, status },
    );
    return this.createStored(info, object, options);
  }

  private update(
    info: RequestInfo,
    body: JsonRecord,
    options: WriteOptions,
  ): Answer {
    const given = asObject(info, decodeFields(info, body));
    checkName(info, given.metadata.name);
    if (info.subresource === 'scale') return this.rescale(info, body, options);
    this.current(info);
    if (info.subresource === 'finalize') return this.finalize(given);
    if (info.kind.custom && !given.metadata.resourceVersion)
      throw invalid(
        { ...info.kind, kind: info.kind.plural },
        given.metadata.name,
        [
          {
            reason: 'FieldValueInvalid',
            message: 'Invalid value: 0x0: must be specified for an update',
            field: 'metadata.resourceVersion',
          },
        ],
      );
    return this.write(info, given, options);
  }

  private finalize(given: KubeObject): Answer {
    const { objects } = this.ports;
    const { name } = given.metadata;
    const finalizers = recordOf(given.spec).finalizers ?? [];
    const after = objects.modify('namespaces', { name }, draft => {
      draft.spec = { ...draft.spec, finalizers };
    });
    objects.deletion.reportNamespace(name);
    const none = Array.isArray(finalizers) && finalizers.length === 0;
    return { code: 200, object: none ? { ...after, spec: {} } : after };
  }

  private patch(
    info: RequestInfo,
    body: PatchBody,
    options: WriteOptions,
  ): Answer {
    if (body.type.includes('apply-patch'))
      return this.apply(info, appliedOf(info, body.text), options);
    if (info.query.has('force'))
      throw badOption('patch', {
        reason: 'FieldValueForbidden',
        message: 'Forbidden: may not be specified for non-apply patch',
        field: 'force',
      });
    const current = this.current(info);
    if (info.subresource === 'scale') {
      const scale = patched(info.kind, scaleOf(info.kind, current), body);
      return this.rescale(info, scale, options);
    }
    const draft = patched(info.kind, current, body);
    const changed = decodeFields(info, draft, why =>
      badPatch(JSON.stringify(draft), why),
    );
    const given = asObject(info, changed);
    checkName(info, given.metadata.name);
    checkPatched(info.kind, given, current);
    return this.write(info, given, options);
  }

  private apply(
    info: RequestInfo,
    applied: JsonRecord,
    options: WriteOptions,
  ): Answer {
    const manager = applier(info);
    const { kind, namespace, name = '' } = info;
    this.checkApplied(info, applied);
    const stored = this.ports.store.get(kind, namespace, name)?.object;
    const present = stored && asViewed(kind, stored);
    if (!present && info.subresource) this.current(info);
    const merged = applyConfiguration(
      present ?? { metadata: { name, namespace } },
      applied,
      {
        kind,
        manager,
        force: info.query.get('force') === 'true',
        now: timestamp(this.ports.clock.now()),
        created: !present,
      },
    );
    const { manager: _update, ...rest } = options;
    if (present) return this.write(info, asObject(info, merged), rest);
    return this.createStored(info, newObject(info, merged), rest);
  }

  private createStored(
    info: RequestInfo,
    object: NewObject,
    options: WriteOptions,
  ): Answer {
    const { kind } = info;
    const created = this.ports.objects.createAs(
      storedKind(kind),
      asStored(kind, object),
      options,
    ).object;
    return { code: 201, object: asViewed(kind, created) };
  }

  private checkApplied(info: RequestInfo, applied: JsonRecord): void {
    const { kind, namespace, name } = info;
    const sent = textOf(applied.apiVersion) ?? '';
    if (sent !== kind.apiVersion)
      throw badRequest(
        `Incorrect version specified in apply patch. Specified patch version: ${sent}, expected: ${kind.apiVersion}`,
      );
    checkName(info, textOf(recordOf(applied.metadata).name) ?? name ?? '');
    const schema = definitions.ofKind(kind);
    if (schema)
      refuseUnknownFields(
        kind,
        { namespace, name },
        pruneObject(schema, cloneJson(applied)),
      );
  }

  private write(
    info: RequestInfo,
    given: KubeObject,
    options: WriteOptions,
  ): Answer {
    const part = info.subresource === 'status' ? 'status' : 'main';
    const { objects } = this.ports;
    const object = objects.replace(
      storedKind(info.kind),
      asStored(info.kind, given),
      { ...options, part },
    );
    return { code: 200, object: asViewed(info.kind, object) };
  }

  private rescale(
    info: RequestInfo,
    scale: JsonRecord,
    options: WriteOptions,
  ): Answer {
    const current = this.current(info);
    const version = textOf(recordOf(scale.metadata).resourceVersion);
    if (version && version !== current.metadata.resourceVersion)
      throw conflict(info.kind, current.metadata.name);
    const replicas = recordOf(scale.spec).replicas;
    if (typeof replicas === 'number' && replicas < 0)
      throw badScale(current.metadata.name, replicas);
    const draft = withScale(info.kind, current, scale);
    const written = this.ports.objects.replace(
      storedKind(info.kind),
      asStored(info.kind, draft),
      { ...options, part: 'main' },
    );
    return { code: 200, object: scaleOf(info.kind, written) };
  }

  private current(info: RequestInfo): KubeObject {
    const { kind, namespace, name = '', subresource } = info;
    const found = this.ports.store.get(kind, namespace, name);
    if (found) return asViewed(kind, found.object);
    // A Scale is looked for by its own path.
    const plural =
      subresource === 'scale' ? `${kind.plural}/scale` : kind.plural;
    throw notFound({ plural, group: kind.group }, name);
  }
}

/** A configuration as it was sent, without the times that Go would add. */
function appliedOf({ kind }: RequestInfo, text: string): JsonRecord {
  const applied = parseObject(text, 'yaml');
  omitEmpty(kind, applied, { times: false });
  return applied;
}

function checkName({ name = '' }: RequestInfo, given: string): void {
  if (given !== name)
    throw badRequest(
      `the name of the object (${given}) does not match the name on the URL (${name})`,
    );
}

function badScale(name: string, replicas: number): ApiError {
  const subject = { plural: 'scales', group: 'autoscaling', kind: 'Scale' };
  return invalid(subject, name, [
    {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${replicas}: must be greater than or equal to 0`,
      field: 'spec.replicas',
    },
  ]);
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
