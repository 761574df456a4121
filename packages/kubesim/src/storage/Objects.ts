// SPDX-License-Identifier: Apache-2.0

/** @public */
export type OwnerReference = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

/** @public */
export type Metadata = {
  name: string;
  namespace?: string;
  generateName?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: unknown[];
};

/**
 * An object as the API serves it. Objects in the store are frozen: change a copy.
 *
 * @public
 */
export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
};

/** What a caller gives to create an object: the server fills in the rest. @public */
export type NewObject = {
  apiVersion: string;
  kind: string;
  metadata: Partial<Metadata>;
  [field: string]: unknown;
};

/** @public */
export type ObjectChange = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural with group, as `kubectl` says it: `pods`, `deployments.apps`. */
  readonly resource: string;
  readonly object: KubeObject;
  /** Before the change; `undefined` for ADDED. */
  readonly previous: KubeObject | undefined;
};

/** An object and the resource it belongs to. @public */
export type PlacedObject = {
  readonly resource: string;
  readonly object: NewObject;
};

/** @public */
export type Where = { readonly namespace?: string; readonly name: string };

/**
 * The simulated cluster’s objects, for controllers and tests in the same process. Every call obeys the same rules
 * (admission, defaults, conflicts, finalizers, events to watchers) as the same call over HTTP.
 * `resource` is the plural with group: `pods`, `deployments.apps`.
 *
 * @public
 */
export interface Objects {
  get(resource: string, where: Where): KubeObject | undefined;
  list(resource: string, namespace?: string): readonly KubeObject[];
  /** @throws ApiError */
  create(resource: string, object: NewObject): KubeObject;
  /**
   * Takes over many objects that are complete and right already, owners first: nothing is copied, filled in or checked
   * but names and namespaces, and nobody may change them or parts of them any more. A uid and a time of creation that
   * are given stay. Watchers and controllers hear of each as of any new object. Returns how many there were.
   *
   * @throws ApiError 404 without the namespace, 409 for a name that is taken
   */
  load(objects: Iterable<PlacedObject>): number;
  /**
   * Reads, changes a copy and writes it back; `change` may change spec, metadata and status alike.
   * Writes nothing when nothing changed. `undefined` when the object is not there.
   *
   * @throws ApiError
   */
  modify(
    resource: string,
    where: Where,
    change: (draft: KubeObject) => void,
  ): KubeObject | undefined;
  /** Honours finalizers and, for namespaces, empties them first. `false` when it was not there. */
  delete(
    resource: string,
    where: Where,
    options?: {
      propagation?: 'Background' | 'Foreground' | 'Orphan';
      gracePeriodSeconds?: number;
    },
  ): boolean;
  /** Calls back synchronously after each change, in order of resource versions. Returns the way to stop. */
  onChange(listener: (change: ObjectChange) => void): () => void;
}
