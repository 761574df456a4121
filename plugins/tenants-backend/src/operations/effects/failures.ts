// SPDX-License-Identifier: Apache-2.0
import {
  isConflict,
  isForbidden,
  isInvalid,
  KubeError,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { OperationError } from '@tenantry/backstage-plugin-tenants-common';
import { OperationRefusedError } from '../OperationErrors';
import type { EffectPorts } from './EffectPorts';

/** What a refusal was about. */
export type Subject = {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
};

/** `Deployment "web" in namespace "shop-dev"`. */
export function objectText({ kind, name, namespace }: Subject): string {
  const of = namespace ? ` in namespace "${namespace}"` : '';
  return `${kind} "${name}"${of}`;
}

/** At most so many fields are named in one sentence. */
const namedFields = 5;

function managersText(error: KubeError): string {
  const byManager = new Map<string, string[]>();
  for (const { manager = 'unknown', field = '?' } of error.causes ?? []) {
    byManager.set(manager, [...(byManager.get(manager) ?? []), field]);
  }
  return [...byManager]
    .map(([manager, fields]) => {
      const more = fields.length - namedFields;
      const named = fields.slice(0, namedFields).join(', ');
      return `"${manager}" manages ${named}${
        more > 0 ? ` and ${more} more` : ''
      }`;
    })
    .join('; ');
}

/** Whether other managers own what we would set; otherwise a conflict is about the object’s version. */
export function isOwnedByOthers(error: unknown): error is KubeError {
  return (
    error instanceof KubeError &&
    isConflict(error) &&
    (error.causes ?? []).some(cause => cause.reason === 'FieldManagerConflict')
  );
}

/** Says why one object could not be written; `undefined` when it is not about the object. */
export function refusalText(error: unknown): string | undefined {
  if (isOwnedByOthers(error)) {
    return `${managersText(
      error,
    )}. Change it there, or let that manager give the fields up.`;
  }
  if (!(error instanceof KubeError)) return undefined;
  const fields = (error.causes ?? []).flatMap(({ field }) => field ?? []);
  const named =
    fields.length > 0 ? ` (${fields.slice(0, namedFields).join(', ')})` : '';
  if (isInvalid(error) || error.status === 413) {
    return `the cluster does not take it: ${error.reason}${named}. Correct the module or its parameters.`;
  }
  if (isForbidden(error)) {
    return `the cluster forbids it: a quota or an admission policy is against it, or the portal’s account lacks the right (docs/operator-role.yaml).`;
  }
  return undefined;
}

export function failure(
  reason: string,
  message: string,
  retryable = false,
): OperationError {
  return { reason, message, retryable };
}

/** @throws OperationRefusedError */
export function refuse(reason: string, message: string): never {
  throw new OperationRefusedError(failure(reason, message));
}

/** The way to a cluster. @throws KubeError when the portal does not know it now */
export function clusterApi(
  { kubeApi }: Pick<EffectPorts, 'kubeApi'>,
  cluster: string,
): KubeApi {
  const api = kubeApi(cluster);
  if (api) return api;
  throw new KubeError(
    `Cluster "${cluster}" is not known to the portal now. Check the clusters page.`,
    { cluster, reason: 'Unreachable', resource: '' },
  );
}
