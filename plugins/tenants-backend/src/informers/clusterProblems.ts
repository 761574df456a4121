// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  isUnauthenticated,
  KubeError,
  resourceName,
} from '@tenantry/backstage-plugin-tenants-node';
import type { WatchedType } from './watchedKinds';

export type ProblemReason = PartialData['reason'];

export type Problem = {
  readonly reason: ProblemReason;
  readonly message: string;
};

/** Which of the few things went wrong. */
export function problemReason(error: unknown): ProblemReason {
  if (isForbidden(error)) return 'Forbidden';
  if (isNotFound(error)) return 'NotServed';
  if (isUnauthenticated(error)) return 'Unauthenticated';
  return error instanceof KubeError ? 'Unreachable' : 'NotSynced';
}

const unreachableCauses: Readonly<Record<string, string>> = {
  Timeout:
    'it did not answer in time. Check that its address is right and that the portal’s network can reach it',
  TlsRefused:
    'its TLS certificate was not accepted, or it did not accept ours. Check caData or caFile of the cluster in the Kubernetes plugin’s configuration',
  BadAnswer:
    'what answers there is not a Kubernetes API server. Check the url of the cluster in the Kubernetes plugin’s configuration',
};

function unreachable(cluster: string, error: unknown): string {
  const known = error instanceof KubeError ? error : undefined;
  if (known?.status !== undefined) {
    return `Cluster "${cluster}" can’t be reached: its API server answers with errors (${known.status} ${known.reason}). It is tried again by itself.`;
  }
  const cause =
    unreachableCauses[known?.reason ?? ''] ??
    'no connection could be made. Check that its address is right, that it runs and that the portal’s network can reach it';
  return `Cluster "${cluster}" can’t be reached: ${cause}.`;
}

/** The rule a ClusterRole needs so that the kind can be watched, as YAML in one line. */
export function neededRule(type: WatchedType): string {
  return `{apiGroups: ["${type.group}"], resources: ["${type.resource}"], verbs: ["get", "list", "watch"]}`;
}

/** A sentence on what failed and another on what would fix it. */
export function describeProblem(
  cluster: string,
  error: unknown,
  type: WatchedType,
): Problem {
  const reason = problemReason(error);
  const name = resourceName(type);
  switch (reason) {
    case 'Forbidden':
      return {
        reason,
        message: `The portal may not list ${name} on cluster "${cluster}". Add this rule to the ClusterRole of its account there: ${neededRule(
          type,
        )}`,
      };
    case 'Unauthenticated':
      return {
        reason,
        message: `The portal can’t be authenticated on cluster "${cluster}": its credentials were refused. Renew the token or certificate of the cluster in the Kubernetes plugin’s configuration.`,
      };
    case 'NotServed':
      return {
        reason,
        message: `Cluster "${cluster}" does not serve ${name} (${
          type.group || 'core'
        }/${
          type.version
        }). Update the cluster, or check that its url is that of an API server.`,
      };
    case 'Unreachable':
      return { reason, message: unreachable(cluster, error) };
    case 'NotSynced':
      return {
        reason,
        message: `The ${name} of cluster "${cluster}" are not in step with it yet. They are listed again by themselves.`,
      };
    default:
      throw new Error(`Unknown reason ${String(reason satisfies never)}`);
  }
}
