// SPDX-License-Identifier: Apache-2.0
import type { KubeObject, Metadata } from '../../storage/Objects';
import { removeCondition, setCondition, type Condition } from '../Condition';

const REQUESTED_AT = 'reconcile.fluxcd.io/requestedAt';

export type HistoryEntry = {
  name: string;
  namespace: string;
  version: number;
  status: string;
  chartName: string;
  chartVersion: string;
  firstDeployed: string;
  lastDeployed: string;
  digest: string;
};

/** A HelmRelease or Kustomization with the fields their controllers read and write. */
export type FluxObject = {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  spec: {
    suspend?: boolean;
    maxHistory?: number;
    releaseName?: string;
    targetNamespace?: string;
    chart?: { spec?: { chart?: string; version?: string } };
    path?: string;
    sourceRef?: { kind?: string; name?: string };
  };
  status?: {
    observedGeneration?: number;
    conditions?: Condition[];
    history?: HistoryEntry[];
    failures?: number;
    lastHandledReconcileAt?: string;
    lastAttemptedRevision?: string;
    lastAppliedRevision?: string;
    lastAttemptedGeneration?: number;
    [field: string]: unknown;
  };
};

export function asFluxObject(object: KubeObject): FluxObject {
  return object as FluxObject;
}

/** Whether Flux has something to do: a new generation, or somebody who asks for it. */
export function isDue({ metadata, status }: FluxObject): boolean {
  const asked = metadata.annotations?.[REQUESTED_AT];
  return (
    status?.observedGeneration !== metadata.generation ||
    (asked !== undefined && status?.lastHandledReconcileAt !== asked)
  );
}

/** What was asked for last, as the status acknowledges it. */
export function handled({ metadata }: FluxObject): {
  lastHandledReconcileAt?: string;
} {
  const asked = metadata.annotations?.[REQUESTED_AT];
  return asked === undefined ? {} : { lastHandledReconcileAt: asked };
}

/** While Flux works on it. */
export function progressing(
  object: FluxObject,
  { message, now }: { message: string; now: string },
): Condition[] {
  const conditions = copyOf(object);
  const { generation } = object.metadata;
  const reason = 'Progressing';
  const common = { reason, message, observedGeneration: generation };
  setCondition(
    conditions,
    { type: 'Reconciling', status: 'True', ...common },
    now,
  );
  setCondition(
    conditions,
    { type: 'Ready', status: 'Unknown', ...common },
    now,
  );
  removeCondition(conditions, 'Stalled');
  return conditions;
}

/** After it: `also` are conditions of the same outcome beside Ready. */
export function concluded(
  object: FluxObject,
  given: {
    ok: boolean;
    reason: string;
    message: string;
    also: readonly string[];
    now: string;
  },
): Condition[] {
  const conditions = copyOf(object);
  removeCondition(conditions, 'Reconciling');
  const { ok, reason, message, also, now } = given;
  const status = ok ? 'True' : 'False';
  const { generation: observedGeneration } = object.metadata;
  for (const type of ['Ready', ...also]) {
    const next: Condition = {
      type,
      status,
      reason,
      message,
      observedGeneration,
    };
    setCondition(conditions, next, now);
  }
  return conditions;
}

function copyOf({ status }: FluxObject): Condition[] {
  return (status?.conditions ?? []).map(each => ({ ...each }));
}
