// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import {
  isExpired,
  isForbidden,
  isNotFound,
  isUnauthenticated,
  KubeError,
  resourceName,
} from '@tenantry/backstage-plugin-tenants-node';
import type { WatchedType } from './watchedKinds';

type ProblemReason = PartialData['reason'];

export type Problem = {
  readonly reason: ProblemReason;
  readonly message: string;
};

/** What went wrong is of this kind, on this cluster, in this namespace if one is given. */
export type ProblemSubject = {
  readonly cluster: string;
  readonly type: WatchedType;
  readonly namespace?: string;
  readonly hasSynced: boolean;
};

/** Which of the few things went wrong. */
function problemReason(error: unknown): ProblemReason {
  if (isForbidden(error)) return 'Forbidden';
  if (isNotFound(error)) return 'NotServed';
  if (isUnauthenticated(error)) return 'Unauthenticated';
  if (isExpired(error)) return 'NotSynced';
  return error instanceof KubeError ? 'Unreachable' : 'NotSynced';
}

const unreachableCauses: Readonly<Record<string, string>> = {
  Timeout:
    'it did not answer in time. Check that its address is right and that the portal’s network can reach it',
  TlsRefused:
    'its TLS certificate was not accepted, or it did not accept ours. Check caData or caFile of the cluster in the Kubernetes plugin’s configuration',
  BadAnswer:
    'what answers there is not a Kubernetes API server. Check the url of the cluster in the Kubernetes plugin’s configuration',
  ProxyFailed:
    'the Kubernetes plugin, which passes the calls on, could not reach it or does not know it. Check the cluster’s url there and the log of the backend that runs it',
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

function unauthenticated(cluster: string, error: unknown): string {
  if (error instanceof KubeError && error.reason === 'ProxyRefused') {
    return `The portal can’t be authenticated on cluster "${cluster}": the Kubernetes plugin, which passes the calls on, refused the tenants plugin’s own token. Let the backend that runs it reach the tenants plugin under the address that discovery.endpoints gives.`;
  }
  return `The portal can’t be authenticated on cluster "${cluster}": its credentials were refused. Renew the token or certificate of the cluster in the Kubernetes plugin’s configuration.`;
}

const watchVerbs = ['get', 'list', 'watch'];

/** The rule a role needs so that the kind can be watched, as YAML in one line. */
export function neededRule(type: WatchedType, verbs = watchVerbs): string {
  return `{apiGroups: ["${type.group}"], resources: ["${
    type.resource
  }"], verbs: [${verbs.map(verb => `"${verb}"`).join(', ')}]}`;
}

const clusterRole = 'the ClusterRole "tenantry-read" (docs/cluster-role.yaml)';
const namespaceRole = 'the Role "tenantry-read" (docs/namespace-role.yaml)';

function forbidden({ cluster, type, namespace }: ProblemSubject): string {
  const name = resourceName(type);
  if (namespace === undefined) {
    return `The portal may not list ${name} on cluster "${cluster}". Apply ${clusterRole} and bind it to the portal’s account there, or add this rule to the one it has: ${neededRule(
      type,
    )}`;
  }
  const what = type.namespaced
    ? `list ${name} in namespace "${namespace}"`
    : `get namespace "${namespace}"`;
  const rule = type.namespaced ? neededRule(type) : neededRule(type, ['get']);
  return `The portal may not ${what} of cluster "${cluster}". Apply ${namespaceRole} there and bind it to the portal’s account, or add this rule to the one it has: ${rule}`;
}

function notServed({ cluster, type, namespace }: ProblemSubject): string {
  if (namespace !== undefined && !type.namespaced) {
    return `There is no namespace "${namespace}" on cluster "${cluster}". Create it, or take it out of tenants.clusters.${cluster}.namespaces.`;
  }
  return `Cluster "${cluster}" does not serve ${resourceName(type)} (${
    type.group || 'core'
  }/${
    type.version
  }). Update the cluster, or check that its url is that of an API server.`;
}

function notSynced(subject: ProblemSubject): string {
  const { cluster, type, namespace, hasSynced } = subject;
  const name = resourceName(type);
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`;
  return hasSynced
    ? `The ${name}${where} of cluster "${cluster}" are not in step with it. They are listed again by themselves.`
    : `The ${name}${where} of cluster "${cluster}" are being read for the first time.`;
}

/** A sentence on what failed and another on what would fix it. */
export function describeProblem(
  subject: ProblemSubject,
  error: unknown,
): Problem {
  const reason = problemReason(error);
  switch (reason) {
    case 'Forbidden':
      return { reason, message: forbidden(subject) };
    case 'Unauthenticated':
      return { reason, message: unauthenticated(subject.cluster, error) };
    case 'NotServed':
      return { reason, message: notServed(subject) };
    case 'Unreachable':
      return { reason, message: unreachable(subject.cluster, error) };
    case 'NotSynced':
      return { reason, message: notSynced(subject) };
    default:
      throw new Error(`Unknown reason ${String(reason satisfies never)}`);
  }
}

type WholeSubject = {
  readonly cluster: string;
  readonly namespace?: string;
  readonly type?: WatchedType;
  readonly error?: unknown;
};

function forbiddenWhole({ cluster, namespace }: WholeSubject): string {
  return namespace === undefined
    ? `The portal may not list anything on cluster "${cluster}". Apply ${clusterRole} and bind it to the portal’s account there; or, where it may see some namespaces only, name them in tenants.clusters.${cluster}.namespaces.`
    : `The portal may not list anything in namespace "${namespace}" of cluster "${cluster}". Apply ${namespaceRole} there and bind it to the portal’s account, or take the namespace out of tenants.clusters.${cluster}.namespaces.`;
}

/** The same, of everything on a cluster or in a namespace; with a type, of what the cluster does not serve. */
export function describeWhole(
  reason: ProblemReason,
  subject: WholeSubject,
): Problem {
  const { cluster, namespace, type, error } = subject;
  switch (reason) {
    case 'Forbidden':
      return { reason, message: forbiddenWhole(subject) };
    case 'Unauthenticated':
      return { reason, message: unauthenticated(cluster, error) };
    case 'Unreachable':
      return { reason, message: unreachable(cluster, error) };
    case 'NotServed':
      return {
        reason,
        message: type ? notServed({ cluster, type, hasSynced: false }) : '',
      };
    case 'NotSynced':
      return {
        reason,
        message: namespace
          ? `Namespace "${namespace}" of cluster "${cluster}" is being read.`
          : `Cluster "${cluster}" is being read.`,
      };
    default:
      throw new Error(`Unknown reason ${String(reason satisfies never)}`);
  }
}
