// SPDX-License-Identifier: Apache-2.0
import { kindOf, type Kind } from '../kinds/Kind';

export const METRICS_GROUP = 'metrics.k8s.io';
const api = `${METRICS_GROUP}/v1beta1`;

/** What a metrics server adds to a cluster: kinds that are read but never stored. */
export const METRICS_KINDS: readonly Kind[] = [
  kindOf({ api, kind: 'NodeMetrics', plural: 'nodes', cluster: true }),
  kindOf({ api, kind: 'PodMetrics', plural: 'pods' }),
];
