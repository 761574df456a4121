// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  isUnauthenticated,
  isUnreachable,
} from '@tenantry/backstage-plugin-tenants-node';

/** A cluster that is not connected has no metrics either. */
export function noMetricsOf(
  cluster: string,
  reason: PartialData['reason'],
  message: string,
): PartialData {
  return { cluster, kind: 'PodMetrics', reason, message };
}

/** Why a cluster tells no metrics, and what would bring them. */
export function explainMetrics(error: unknown, cluster: string): PartialData {
  if (isForbidden(error)) {
    return noMetricsOf(
      cluster,
      'Forbidden',
      `The portal may not list pods of metrics.k8s.io on cluster ${cluster}. Apply docs/cluster-role.yaml there.`,
    );
  }
  if (isNotFound(error)) {
    return noMetricsOf(
      cluster,
      'NotServed',
      `metrics-server is not installed on cluster ${cluster}: nothing serves metrics.k8s.io there. Install it.`,
    );
  }
  if (isUnauthenticated(error)) {
    return noMetricsOf(
      cluster,
      'Unauthenticated',
      `The cluster ${cluster} refuses the portal’s credentials.`,
    );
  }
  return noMetricsOf(
    cluster,
    isUnreachable(error) ? 'Unreachable' : 'NotServed',
    isUnreachable(error)
      ? `The cluster ${cluster} did not answer for metrics.`
      : `metrics-server on cluster ${cluster} does not answer. Look at its pods in kube-system.`,
  );
}
