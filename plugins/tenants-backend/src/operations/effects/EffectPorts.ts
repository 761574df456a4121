// SPDX-License-Identifier: Apache-2.0
import type {
  Health,
  Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Planner } from '../../modules/Planner';
import type { EnvironmentRecords } from '../../records/EnvironmentRecords';
import type { Clock } from '../../time/Clock';

/** One object of an environment. */
export type LiveAddress = {
  readonly cluster: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
};

/** A workload as the watch knows it now. */
export type LiveWorkload = {
  readonly health: Health;
  /** Which generation of the object the watch has seen; absent for kinds without one. */
  readonly generation?: number;
};

/** What the watch knows, without asking any cluster. */
export interface LiveState {
  workload(address: LiveAddress): LiveWorkload | undefined;
  /** Whether what is said of the cluster is of now. */
  isCurrent(cluster: string): boolean;
}

/** Keeps what environments were. */
export interface RevisionWriter {
  /** The same one again, from the same operation, changes nothing. */
  add(
    revision: Omit<Revision, 'at' | 'current'> & { readonly tenant: string },
  ): Promise<void>;
}

/** How operations touch clusters. */
export type EffectSettings = {
  /** Of our labels and annotations. */
  readonly prefix: string;
  readonly systemNamespace: string;
  /** How long the workloads of one wave may take to become healthy. */
  readonly healthTimeoutMs: number;
  /** So long a workload may be degraded before it counts as failed. */
  readonly degradedMs: number;
  /** How long a namespace may take to be gone. */
  readonly goneTimeoutMs: number;
};

/** Defaults of what can be configured. */
export const DEFAULT_EFFECT_SETTINGS = {
  healthTimeoutMs: 10 * 60_000,
  degradedMs: 2 * 60_000,
  goneTimeoutMs: 30 * 60_000,
} as const;

/** Named limits of what one operation does at once. */
export const EFFECT_LIMITS = {
  /** Requests to one cluster at once. */
  parallel: 8,
  /** Bytes of objects in one step’s journal; more of a wave become another step. */
  stepBytes: 256 * 1024,
  /** Bytes of objects of one environment. */
  environmentBytes: 4 * 1024 * 1024,
  /** How often one object is tried when others change it at the same time. */
  tries: 5,
  listPage: 500,
  /** How long until the live state is looked at again. */
  lookAgainMs: 1_000,
  /** The manager of every field we set. */
  fieldManager: 'tenantry',
} as const;

/** Everything the executors need. */
export type EffectPorts = {
  readonly planner: Planner;
  readonly records: EnvironmentRecords;
  readonly revisions: RevisionWriter;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly live: LiveState;
  readonly clock: Clock;
  /** A new secret value. */
  readonly newSecret: () => string;
  /** Remembers a print of a secret that was made, so that logs can be masked. Left out, they are masked by patterns only. */
  readonly prints?: {
    remember(tenant: string, secret: string, value: string): Promise<void>;
  };
  readonly settings: EffectSettings;
};
