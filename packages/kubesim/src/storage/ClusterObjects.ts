// SPDX-License-Identifier: Apache-2.0
import type { Admission } from '../admission/Admission';
import { fillDefaults } from '../kinds/defaults';
import type { Kind } from '../kinds/Kind';
import { kindOfDefinition, type KindRegistry } from '../kinds/KindRegistry';
import { validate } from '../kinds/validation';
import type { Clock, Random } from '../time/Clock';
import {
  alreadyExists,
  badRequest,
  conflict,
  forbidden,
  invalid,
  notFound,
} from './ApiError';
import { Deletion, type DeleteOptions } from './Deletion';
import { cloneJson, ensureRecord, equalJson, isRecord, numberOf } from './json';
import type {
  KubeObject,
  Metadata,
  NewObject,
  ObjectChange,
  Objects,
  Where,
} from './Objects';
import type { ObjectStore } from './ObjectStore';
import type { Revision } from './Revision';
import { timestamp } from './timestamp';

export type WriteOptions = { readonly dryRun?: boolean };
/** Which part of an object a write may change. */
export type WritePart = 'main' | 'status' | 'everything';
type Ports = {
  store: ObjectStore;
  kinds: KindRegistry;
  clock: Clock;
  random: Random;
  admission: Admission;
};
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

/** The rules of the API over the store, for HTTP and for controllers in the same process alike. */
export class ClusterObjects implements Objects {
  readonly deletion: Deletion;

  constructor(private readonly ports: Ports) {
    this.deletion = new Deletion(ports);
  }

  start(): void {
    this.deletion.watch();
    this.ports.store.onChange(event => {
      if (event.kind.resource !== DEFINITIONS) return;
      const defined = kindOfDefinition(event.revision.object);
      if (!defined) return;
      if (event.type === 'DELETED') this.removeKind(defined);
      else this.ports.kinds.add(defined);
    });
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

  modify(
    resource: string,
    where: Where,
    change: (draft: KubeObject) => void,
  ): KubeObject | undefined {
    const kind = this.kind(resource);
    const current = this.ports.store.get(kind, where.namespace, where.name);
    if (!current) return undefined;
    const draft = cloneJson(current.object);
    change(draft);
    draft.metadata.resourceVersion = current.object.metadata.resourceVersion;
    return this.replace(kind, draft, { part: 'everything' });
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
    const draft = this.newObject(kind, given);
    const { namespace, name } = draft.metadata;
    if (this.ports.store.get(kind, namespace, name))
      throw alreadyExists(kind, name);
    fillDefaults(kind.resource, draft);
    this.ports.admission.admitCreate(kind, draft);
    this.check(kind, draft);
    if (options.dryRun) return { object: draft };
    if (kind.resource === DEFINITIONS) this.establish(draft);
    const revision = this.ports.store.put(kind, draft);
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
      const why = `Precondition failed: UID in precondition: ${given.metadata.uid}, UID in object meta: ${current.metadata.uid}`;
      throw conflict(kind, name, why);
    }
    const draft = this.merged(kind, { current, given, part: options.part });
    if (equalJson(draft, current)) return current;
    if (options.part !== 'status') this.check(kind, draft);
    if (options.dryRun) return draft;
    const finished = this.deletion.finish(kind, draft);
    if (finished) return finished;
    return this.ports.store.put(kind, draft).object;
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
    if (part !== 'status') fillDefaults(kind.resource, draft);
    const specChanged =
      kind.generation && !equalJson(withoutState(draft), withoutState(current));
    if (specChanged)
      draft.metadata.generation = numberOf(current.metadata.generation) + 1;
    draft.kind = kind.kind;
    draft.apiVersion = kind.apiVersion;
    return cloneJson(draft);
  }

  private newObject(kind: Kind, given: NewObject): KubeObject {
    if (given.kind !== kind.kind || given.apiVersion !== kind.apiVersion) {
      throw badRequest(
        `the API version in the data (${given.apiVersion}, Kind=${given.kind}) does not match the expected ${kind.apiVersion}, Kind=${kind.kind}`,
      );
    }
    const { status, ...content } = cloneJson(given);
    const metadata = this.newMetadata(
      kind,
      isRecord(given.metadata) ? content.metadata : {},
    );
    const object: KubeObject = { ...content, metadata };
    // Controllers in this process and bulk loads may give a status at once; over HTTP the route drops it.
    if (isRecord(status)) object.status = status;
    return object;
  }

  private newMetadata(kind: Kind, given: Partial<Metadata>): Metadata {
    if (given.resourceVersion)
      throw badRequest(
        'resourceVersion should not be set on objects to be created',
      );
    const name = given.name || this.generatedName(given.generateName);
    const namespace = kind.namespaced ? given.namespace : undefined;
    if (!name) {
      throw invalid(kind, '', [
        {
          reason: 'FieldValueRequired',
          message: 'Required value: name or generateName is required',
          field: 'metadata.name',
        },
      ]);
    }
    if (kind.namespaced) this.checkNamespace(kind, name, namespace);
    return {
      ...given,
      name,
      namespace,
      uid: this.uid(),
      resourceVersion: '',
      generation: kind.generation ? 1 : undefined,
      creationTimestamp: timestamp(this.ports.clock.now()),
      deletionTimestamp: undefined,
      deletionGracePeriodSeconds: undefined,
    };
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

  private check(kind: Kind, object: KubeObject): void {
    const causes = validate(kind, object);
    if (causes.length > 0) throw invalid(kind, object.metadata.name, causes);
  }

  private removeKind(kind: Kind): void {
    for (const revision of this.ports.store.list(kind))
      this.ports.store.remove(kind, revision.object);
    this.ports.kinds.remove(kind.resource);
  }

  private establish(definition: KubeObject): void {
    const kind = kindOfDefinition(definition);
    const now = timestamp(this.ports.clock.now());
    const names = definition.spec?.names;
    const status = ensureRecord(definition, 'status');
    status.acceptedNames = names;
    status.conditions = [
      {
        type: 'NamesAccepted',
        status: 'True',
        lastTransitionTime: now,
        reason: 'NoConflicts',
        message: 'no conflicts found',
      },
      {
        type: 'Established',
        status: 'True',
        lastTransitionTime: now,
        reason: 'InitialNamesAccepted',
        message: 'the initial names have been accepted',
      },
    ];
    if (kind) status.storedVersions = [kind.version];
  }

  private generatedName(prefix: string | undefined): string {
    if (!prefix) return '';
    const letter = () =>
      SUFFIX_LETTERS[Math.floor(this.ports.random() * SUFFIX_LETTERS.length)];
    return `${prefix.slice(0, 58)}${Array.from({ length: 5 }, letter).join(
      '',
    )}`;
  }

  private uid(): string {
    const word = () =>
      Math.floor(this.ports.random() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    const [a, b, c, d] = [word(), word(), word(), word()];
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(
      4,
    )}${d}`;
  }

  private kind(resource: string): Kind {
    const kind = this.ports.kinds.get(resource);
    if (!kind) throw notFound({ plural: resource, group: '' }, resource);
    return kind;
  }
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
