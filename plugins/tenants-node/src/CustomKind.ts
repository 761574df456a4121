// SPDX-License-Identifier: Apache-2.0
import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { Health } from '@tenantry/backstage-plugin-tenants-common';
import type { ResourceType } from './kube/resourceType';

/** A value that was read from an object. @public */
export type CustomFieldValue = string | number | boolean;

/**
 * What is kept of an object of a kind that a module adds. Shared: never change it.
 *
 * @public
 */
export type CustomObject = {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly deletedAt?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly generation: number;
  /** `status.observedGeneration`; `undefined` when its controller does not tell. */
  readonly observedGeneration?: number;
  /** `status.phase`. */
  readonly phase?: string;
  /** `status.conditions`, in the server’s order. */
  readonly conditions: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
    readonly since?: string;
  }[];
  /** The fields the kind asked for; one that is absent, or no scalar, is not there. */
  readonly fields: Readonly<Record<string, CustomFieldValue>>;
};

/**
 * What a check may look at besides the object.
 *
 * @public
 */
export type CustomHealthContext = {
  /** Pods that the object controls, itself or through a ReplicaSet, by name; with their own health. */
  readonly pods: readonly {
    readonly name: string;
    readonly ready: boolean;
    readonly health: Health;
  }[];
  /** Events about the object, newest first. */
  readonly events: readonly {
    readonly type: string;
    readonly reason: string;
    readonly message: string;
    readonly count: number;
    readonly firstSeen: string;
    readonly lastSeen: string;
  }[];
};

/**
 * The state of an object, and when to look again.
 *
 * @public
 */
export type CustomHealth = Health & {
  /** When the state becomes another although nothing changes in the cluster. */
  readonly changesAt?: Date;
};

/**
 * Judges one object; `undefined` leaves it to the generic rules (kstatus). Pure: equal objects, context and time give equal
 * answers on every replica. A message is one sentence on what is wrong and what to do; it holds no secrets. When a check throws,
 * the object is shown as Unknown.
 *
 * @public
 */
export type CustomHealthCheck = (
  object: CustomObject,
  context: CustomHealthContext,
  now: Date,
) => CustomHealth | undefined;

/**
 * A kind that the product does not know: it is watched on every cluster that serves it, and judged.
 *
 * @public
 */
export type CustomKind = {
  /** Namespaced. */
  readonly type: ResourceType;
  /** Scalars the check reads, by name: the path to each, such as `['status', 'readyInstances']`. At most 16, at most 8 deep. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** `workload`: listed, with the pods it controls. `support`: counts only where something is wrong with it. `workload` when left out. */
  readonly role?: 'workload' | 'support';
  /** The generic rules when left out. */
  readonly check?: CustomHealthCheck;
};

/** What {@link tenantsHealthExtensionPoint} gives to a backend module, to add kinds with. @public */
export interface HealthExtension {
  /** Adds a kind. @throws Error when the product or another module judges it already, when it is not namespaced, or when its names are none of the Kubernetes API */
  addKind(kind: CustomKind): void;
}

/**
 * Where a backend module of plugin `tenants` says how a kind the product does not know is judged.
 *
 * @public
 */
export const tenantsHealthExtensionPoint =
  createExtensionPoint<HealthExtension>({ id: 'tenants.health' });
