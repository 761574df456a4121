// SPDX-License-Identifier: Apache-2.0
import type {
  ApplyOptions,
  CreateOptions,
  DeleteOptions,
  MergePatchOptions,
} from '../kube/KubeApi';
import type { KubeErrorCause, KubeError } from '../kube/KubeError';
import { resourceName, type ResourceType } from '../kube/resourceType';
import { applyFields } from './applyFields';
import type { FakeObject } from './FakeHistory';
import { readManagers, takeFields, withManagers } from './FakeManagers';
import { fieldPaths, isJson, valueAt } from './fieldPaths';
import type { FakeVerb } from './FakeRequest';

type Target = {
  readonly namespace?: string;
  readonly name: string;
  readonly signal: AbortSignal;
};

/** What the writes need of the fake cluster they are in. */
export type FakeWritable = {
  /** Notes the call. @throws KubeError when it is not to succeed */
  begin(verb: FakeVerb, resource: string, target: Target): void;
  get(resource: string, target: Target): FakeObject | undefined;
  put(resource: string, object: FakeObject): FakeObject;
  remove(resource: string, target: Target): void;
  refusal(refused: {
    readonly status: number;
    readonly reason: string;
    readonly resource: string;
    readonly causes?: readonly KubeErrorCause[];
  }): KubeError;
};

type Merge = Readonly<Record<string, unknown>>;

function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJson(patch)) return patch;
  const merged: Record<string, unknown> = isJson(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

function patched(object: FakeObject, patch: Merge): FakeObject {
  const merged = mergePatch(object, patch);
  const fields = isJson(merged) ? merged : {};
  const metadata = isJson(fields.metadata) ? fields.metadata : {};
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const same = { name, uid, resourceVersion, ...(namespace && { namespace }) };
  return { ...fields, metadata: { ...metadata, ...same } };
}

function content(object: FakeObject | undefined): string {
  if (!object) return '';
  const { managedFields, resourceVersion, ...metadata } = object.metadata;
  const managers = readManagers(object).map(({ fields, ...manager }) => ({
    ...manager,
    fields: [...fields].sort(),
  }));
  return JSON.stringify([{ ...object, metadata }, managers]);
}

/** The writes of a fake cluster: apply with managed fields, create, merge patch, delete with preconditions and finalizers. */
export class FakeWrites {
  constructor(private readonly cluster: FakeWritable) {}

  apply<T>(type: ResourceType, options: ApplyOptions<T>): T {
    const resource = resourceName(type);
    this.cluster.begin('apply', resource, options);
    const present = this.cluster.get(resource, options);
    const wanted = options.manifest.metadata.resourceVersion;
    if (wanted !== undefined && wanted !== present?.metadata.resourceVersion) {
      throw this.refuse(resource, 409, 'Conflict');
    }
    const applied = applyFields({
      present,
      manifest: options.manifest,
      manager: options.fieldManager,
      force: options.force,
    });
    if ('conflicts' in applied) {
      const { conflicts: causes } = applied;
      const reason = 'Conflict';
      throw this.cluster.refusal({ status: 409, reason, resource, causes });
    }
    return this.store(resource, { present, object: applied.object }, options);
  }

  create<T>(type: ResourceType, options: CreateOptions<T>): T {
    const resource = resourceName(type);
    this.cluster.begin('create', resource, options);
    if (this.cluster.get(resource, options)) {
      throw this.refuse(resource, 409, 'AlreadyExists');
    }
    const { manifest } = options;
    const managers = this.track(undefined, manifest, options.fieldManager);
    const object = withManagers(manifest, managers);
    return this.store(resource, { present: undefined, object }, options);
  }

  mergePatch<T>(type: ResourceType, options: MergePatchOptions<T>): T {
    const resource = resourceName(type);
    this.cluster.begin('patch', resource, options);
    const present = this.present(resource, options);
    const metadata = isJson(options.patch.metadata)
      ? options.patch.metadata
      : {};
    const wanted = metadata.resourceVersion;
    if (wanted !== undefined && wanted !== present.metadata.resourceVersion) {
      throw this.refuse(resource, 409, 'Conflict');
    }
    const next = patched(present, options.patch);
    const managers = this.track(present, next, options.fieldManager);
    const object = withManagers(next, managers);
    return this.store(resource, { present, object }, options);
  }

  delete(type: ResourceType, options: DeleteOptions): void {
    const resource = resourceName(type);
    this.cluster.begin('delete', resource, options);
    const present = this.present(resource, options);
    const { uid, resourceVersion } = options.preconditions ?? {};
    const { metadata } = present;
    const isOther =
      (uid !== undefined && uid !== metadata.uid) ||
      (resourceVersion !== undefined &&
        resourceVersion !== metadata.resourceVersion);
    if (isOther) throw this.refuse(resource, 409, 'Conflict');
    if (options.dryRun) return;
    const { finalizers } = metadata;
    const isHeld = Array.isArray(finalizers) && finalizers.length > 0;
    if (!isHeld) this.cluster.remove(resource, options);
    else if (metadata.deletionTimestamp === undefined) {
      const deletionTimestamp = '2026-01-01T00:00:00Z';
      const doomed = { ...metadata, deletionTimestamp };
      this.cluster.put(resource, { ...present, metadata: doomed });
    }
  }

  private present(resource: string, options: Target): FakeObject {
    const present = this.cluster.get(resource, options);
    if (!present) throw this.refuse(resource, 404, 'NotFound');
    return present;
  }

  /** Who sets an object’s fields after somebody has written it otherwise than by apply. */
  private track(
    before: FakeObject | undefined,
    after: FakeObject,
    name: string,
  ) {
    const changed = fieldPaths(after).filter(
      path =>
        JSON.stringify(valueAt(before, path)) !==
        JSON.stringify(valueAt(after, path)),
    );
    const managers = readManagers(before);
    if (changed.length === 0) return managers;
    return takeFields(managers, { name, operation: 'Update' }, changed);
  }

  /** Stores what has changed, and answers with the object as it is then. */
  private store<T>(
    resource: string,
    change: {
      readonly present: FakeObject | undefined;
      readonly object: FakeObject;
    },
    options: {
      readonly dryRun?: boolean;
      readonly project: (json: Buffer) => T;
    },
  ): T {
    const { present, object } = change;
    const isSame = content(present) === content(object);
    const keeps = options.dryRun || isSame;
    const stored = keeps ? object : this.cluster.put(resource, object);
    const shown = isSame && present ? present : stored;
    return options.project(Buffer.from(JSON.stringify(shown)));
  }

  private refuse(resource: string, status: number, reason: string): KubeError {
    return this.cluster.refusal({ status, reason, resource });
  }
}
