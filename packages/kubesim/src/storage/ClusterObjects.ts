// SPDX-License-Identifier: Apache-2.0
import type { Admission, WriteCall } from '../admission/Admission';
import { fillDefaults } from '../kinds/defaults';
import type { Kind } from '../kinds/Kind';
import type { KindRegistry } from '../kinds/KindRegistry';
import { definitions } from '../kinds/schema/Definitions';
import { fillSchemaDefaults } from '../kinds/schema/fillSchemaDefaults';
import { pruneObject } from '../kinds/schema/pruneObject';
import { validate } from '../kinds/validation';
import { validateUpdate } from '../kinds/validateUpdate';
import type { Clock, Random } from '../time/Clock';
import {
  ApiError,
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  invalid,
  notFound,
} from './ApiError';
import { CustomKinds } from './CustomKinds';
import { Deletion, type DeleteOptions } from './Deletion';
import { DEFINITIONS, establish } from './establish';
import { asSent } from './fields/asSent';
import type { Manager } from './fields/ManagedFields';
import { trackUpdate } from './fields/trackUpdate';
import { cloneJson, equalJson, numberOf } from './json';
import { lazyDraft, settled } from './lazyDraft';
import { loadObjects } from './loadObjects';
import { newObject } from './newObject';
import type {
  KubeObject,
  Metadata,
  NewObject,
  ObjectChange,
  Objects,
  PlacedObject,
  Where,
} from './Objects';
import type { ObjectStore } from './ObjectStore';
import type { Revision } from './Revision';
import { sharedCopy } from './sharedCopy';
import { timestamp } from './timestamp';

export type WriteOptions = {
  readonly dryRun?: boolean;
  /** Who writes over HTTP; left out by controllers in this process, whom admission trusts. */
  readonly call?: WriteCall;
  /** Whom the written fields belong to; left out by controllers in this process, whose fields are not tracked. */
  readonly manager?: Manager;
};
/** Which part of an object a write may change. */
export type WritePart = 'main' | 'status';
type Ports = {
  store: ObjectStore;
  kinds: KindRegistry;
  clock: Clock;
  random: Random;
  admission: Required<Admission>;
};

/** The rules of the API over the store, for HTTP and for controllers in the same process alike. */
export class ClusterObjects implements Objects {
  readonly deletion: Deletion;

  constructor(private readonly ports: Ports) {
    this.deletion = new Deletion(ports);
  }

  start(): void {
    this.deletion.watch();
    const customKinds = new CustomKinds({
      ...this.ports,
      deletion: this.deletion,
    });
    this.ports.store.onChange(event => customKinds.hear(event));
  }

  get(resource: string, where: Where): KubeObject | undefined {
    const kind = this.kind(resource);
    return this.ports.store.get(kind, where.namespace, where.name)?.object;
  }

  list(resource: string, namespace?: string): readonly KubeObject[] {
    return this.ports.store
      .list(this.kind(resource), namespace)
      .map(revision => revision.object);
  }

  create(resource: string, object: NewObject): KubeObject {
    return this.createAs(this.kind(resource), object).object;
  }

  load(objects: Iterable<PlacedObject>): number {
    return loadObjects(objects, this.ports);
  }

  modify(
    resource: string,
    where: Where,
    change: (draft: KubeObject) => void,
  ): KubeObject | undefined {
    const kind = this.kind(resource);
    const current = this.ports.store.get(kind, where.namespace, where.name);
    if (!current) return undefined;
    const draft = lazyDraft(current.object);
    change(draft);
    return this.replaceTrusted(
      kind,
      settled(draft, current.object),
      current.object,
    );
  }

  delete(resource: string, where: Where, options: DeleteOptions = {}): boolean {
    const kind = this.kind(resource);
    const current = this.ports.store.get(kind, where.namespace, where.name);
    if (!current) return false;
    this.deletion.delete(kind, current, options);
    return true;
  }

  onChange(listener: (change: ObjectChange) => void): () => void {
    return this.ports.store.onChange(({ type, kind, revision, previous }) =>
      listener({
        type,
        resource: kind.resource,
        object: revision.object,
        previous: previous?.object,
      }),
    );
  }

  /** @throws ApiError 404 */
  require(kind: Kind, namespace: string | undefined, name: string): Revision {
    const revision = this.ports.store.get(kind, namespace, name);
    if (!revision) throw notFound(kind, name);
    return revision;
  }

  createAs(
    kind: Kind,
    given: NewObject,
    options: WriteOptions = {},
  ): { object: KubeObject; revision?: Revision } {
    const draft = newObject(kind, given, this.ports);
    const { namespace, name } = draft.metadata;
    if (kind.custom) this.checkDefinition(kind);
    if (kind.namespaced) this.checkNamespace(kind, name, namespace);
    this.shape(kind, draft);
    if (options.manager) {
      const managedFields = trackUpdate({
        kind,
        before: undefined,
        after: asSent(kind, draft, given),
        manager: options.manager,
        now: timestamp(this.ports.clock.now()),
      });
      draft.metadata.managedFields =
        managedFields.length > 0 ? managedFields : undefined;
    }
    this.ports.admission.admit(kind, { draft }, options.call);
    this.check(kind, draft);
    this.ports.admission.validate(kind, { draft }, options.call);
    const present = this.ports.store.get(kind, namespace, name)?.object;
    if (present) throw alreadyThere(kind, present);
    if (options.dryRun) {
      Reflect.deleteProperty(draft.metadata, 'resourceVersion');
      return { object: cloneJson(draft) };
    }
    if (kind.resource === DEFINITIONS)
      establish(draft, timestamp(this.ports.clock.now()));
    const revision = this.ports.store.put(kind, draft, true);
    return { object: revision.object, revision };
  }

  /** Writes a whole object. @throws ApiError 404, 409, 422 */
  replace(
    kind: Kind,
    given: KubeObject,
    options: WriteOptions & { part: WritePart },
  ): KubeObject {
    const { namespace, name } = given.metadata;
    const current = this.require(kind, namespace, name).object;
    const expectedVersion = given.metadata.resourceVersion;
    if (expectedVersion && expectedVersion !== current.metadata.resourceVersion)
      throw conflict(kind, name);
    if (given.metadata.uid && given.metadata.uid !== current.metadata.uid) {
      const key = [kind.plural, namespace, name].filter(Boolean).join('/');
      const why = `StorageError: invalid object, Code: 4, Key: /registry/${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${given.metadata.uid}, UID in object meta: ${current.metadata.uid}`;
      throw conflict(kind, name, why);
    }
    const draft = this.merged(kind, { current, given, part: options.part });
    if (options.manager) this.track(kind, { draft, current }, options.manager);
    if (equalJson(draft, current)) return current;
    const change = { draft, current };
    // Controllers in this process change states: they are not asked, which keeps them fast.
    const asked = options.part === 'main';
    if (asked) this.ports.admission.admit(kind, change, options.call);
    if (options.part !== 'status') {
      this.check(kind, draft, current);
      if (asked) this.ports.admission.validate(kind, change, options.call);
    } else if (kind.custom) this.check(kind, draft);
    if (options.dryRun) return draft;
    const finished = this.deletion.finish(kind, draft);
    if (finished) return finished;
    return this.ports.store.put(kind, draft).object;
  }

  /** Writes of controllers in this process are many and change little: what stays the same is neither copied nor checked again. */
  private replaceTrusted(
    kind: Kind,
    given: KubeObject,
    current: KubeObject,
  ): KubeObject {
    let draft = sharedCopy(
      {
        ...given,
        kind: kind.kind,
        apiVersion: kind.apiVersion,
        metadata: keepIdentity(given.metadata, current.metadata),
      },
      current,
    );
    if (draft === current) return current;
    const specChanged = !sameParts(withoutState(draft), withoutState(current));
    if (specChanged) {
      draft = cloneJson(draft);
      if (kind.generation)
        draft.metadata.generation = numberOf(current.metadata.generation) + 1;
      this.shape(kind, draft);
    }
    const { labels, finalizers } = draft.metadata;
    const { metadata } = current;
    if (
      specChanged ||
      labels !== metadata.labels ||
      finalizers !== metadata.finalizers
    )
      this.check(kind, draft, current);
    const finished = this.deletion.finish(kind, draft);
    return finished ?? this.ports.store.put(kind, draft).object;
  }

  private track(
    kind: Kind,
    change: { draft: KubeObject; current: KubeObject },
    manager: Manager,
  ): void {
    const managedFields = trackUpdate({
      kind,
      before: change.current,
      after: change.draft,
      manager,
      now: timestamp(this.ports.clock.now()),
    });
    if (managedFields.length > 0)
      change.draft.metadata.managedFields = managedFields;
    else delete change.draft.metadata.managedFields;
  }

  private merged(
    kind: Kind,
    write: { current: KubeObject; given: KubeObject; part: WritePart },
  ): KubeObject {
    const { current, part } = write;
    const given = cloneJson(write.given);
    const draft: KubeObject =
      part === 'status' && kind.subresources.includes('status')
        ? { ...cloneJson(current), status: given.status }
        : given;
    if (part === 'main' && kind.subresources.includes('status')) {
      draft.status = cloneJson(current.status);
    }
    draft.metadata = keepIdentity(draft.metadata, current.metadata);
    if (part !== 'status' || kind.custom) this.shape(kind, draft);
    const specChanged =
      kind.generation && !equalJson(withoutState(draft), withoutState(current));
    if (specChanged)
      draft.metadata.generation = numberOf(current.metadata.generation) + 1;
    draft.kind = kind.kind;
    draft.apiVersion = kind.apiVersion;
    return cloneJson(draft);
  }

  private shape(kind: Kind, draft: KubeObject): void {
    const schema = kind.custom ? definitions.ofKind(kind) : undefined;
    if (!schema) return fillDefaults(kind.resource, draft);
    pruneObject(schema, draft);
    return fillSchemaDefaults(schema, draft);
  }

  private checkDefinition({ plural, group }: Kind): void {
    const definition = this.get(DEFINITIONS, { name: `${plural}.${group}` });
    if (!definition?.metadata.deletionTimestamp) return;
    throw new ApiError({
      code: 405,
      reason: 'MethodNotAllowed',
      message:
        'create not allowed while custom resource definition is terminating',
      details: { group, kind: plural },
    });
  }

  private checkNamespace(
    kind: Kind,
    name: string,
    namespace: string | undefined,
  ): void {
    const namespaces = this.kind('namespaces');
    if (!namespace)
      throw badRequest('an empty namespace may not be set during creation');
    const home = this.ports.store.get(namespaces, undefined, namespace)?.object;
    if (!home) throw notFound(namespaces, namespace);
    if (!home.metadata.deletionTimestamp) return;
    throw forbidden(kind, name, {
      why: `unable to create new content in namespace ${namespace} because it is being terminated`,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    });
  }

  private check(kind: Kind, draft: KubeObject, current?: KubeObject): void {
    const causes = [
      ...validate(kind, draft),
      ...(current ? validateUpdate(kind, draft, current) : []),
    ];
    if (causes.length > 0) throw invalid(kind, draft.metadata.name, causes);
  }

  private kind(resource: string): Kind {
    const kind = this.ports.kinds.get(resource);
    if (!kind) throw notFound({ plural: resource, group: '' }, resource);
    return kind;
  }
}

function alreadyThere(kind: Kind, { metadata }: KubeObject): ApiError {
  const taken = alreadyExists(kind, metadata.name);
  if (!metadata.deletionTimestamp) return taken;
  return new ApiError({
    code: taken.code,
    reason: taken.reason,
    message: `object is being deleted: ${taken.message}`,
    details: taken.details,
  });
}

function withoutState(object: KubeObject): Record<string, unknown> {
  const {
    metadata: _metadata,
    status: _status,
    kind: _kind,
    apiVersion: _apiVersion,
    ...rest
  } = object;
  return rest;
}

/** Whether two objects that share what is the same have the same members. */
function sameParts(
  left: Record<string, unknown>,
  right: Record<string, unknown>,
): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(key => left[key] === right[key])
  );
}

function keepIdentity(given: Metadata, current: Metadata): Metadata {
  return {
    ...given,
    name: current.name,
    namespace: current.namespace,
    generateName: current.generateName,
    uid: current.uid,
    resourceVersion: current.resourceVersion,
    generation: current.generation,
    creationTimestamp: current.creationTimestamp,
    deletionTimestamp: current.deletionTimestamp,
    deletionGracePeriodSeconds: current.deletionGracePeriodSeconds,
  };
}
