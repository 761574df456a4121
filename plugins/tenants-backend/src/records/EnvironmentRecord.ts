// SPDX-License-Identifier: Apache-2.0
import type { EnvironmentSpec } from '@tenantry/backstage-plugin-tenants-common';

/** Which release of a module was applied, and what was in it. */
export type RecordedRelease = {
  readonly version: string;
  readonly hash: string;
};

/**
 * What an environment is wanted to be: read from its ConfigMap in the platform’s namespace, where tenants have no rights. It
 * is the parent of the ApplySet that every object we applied belongs to. The only thing about an environment that is trusted.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-cli/3659-kubectl-apply-prune
 */
export type EnvironmentRecord = {
  readonly tenant: string;
  readonly owner?: string;
  readonly environment: string;
  readonly cluster: string;
  /** The namespaces of the environment; the first is where modules go. */
  readonly namespaces: readonly string[];
  /** `retained`: deleted, with namespace, volumes and generated secrets kept. */
  readonly state: 'active' | 'retained';
  readonly spec: EnvironmentSpec;
  /** From 1; grows with every operation that changed the spec. 0 before the first one succeeded. */
  readonly revision: number;
  readonly releases: Readonly<Record<string, RecordedRelease>>;
  /** Version of the definitions that were used. */
  readonly definitions: string;
  /** The newest lease that may write to this environment. */
  readonly fence: number;
  /** Value of the label `applyset.kubernetes.io/part-of` of its members. */
  readonly applySetId: string;
  /** Where its members may be: namespaces (empty: cluster-wide) by kind, as `apps/v1/Deployment`. Absent before the first write. */
  readonly places?: Readonly<Record<string, readonly string[]>>;
  /** The operation that wrote this revision. */
  readonly operation?: string;
  /** `uid` and `resourceVersion` of the ConfigMap; absent when it is not in the cluster yet. */
  readonly stored?: { readonly uid: string; readonly resourceVersion: string };
};
