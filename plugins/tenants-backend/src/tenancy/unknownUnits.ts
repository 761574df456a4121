// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { ClusterView } from '../informers/Lister';
import { OTHER_MODULE } from './moduleOf';
import type { Unit } from './Unit';

/** Without these nothing can be said of what runs. */
const ESSENTIAL_KINDS = new Set(['Pod', 'Deployment', 'StatefulSet']);

/** What of a cluster’s missing data concerns these namespaces. */
export function partialOf(
  view: ClusterView,
  namespaces: readonly string[],
): readonly PartialData[] {
  return view.partial.filter(
    ({ namespace }) =>
      namespace === undefined || namespaces.includes(namespace),
  );
}

/** Says what was never read and without which health cannot be known. Data that is merely old keeps its verdicts: its age is told by the freshness. */
export function unknownUnits(
  view: ClusterView,
  namespaces: readonly string[],
): Unit[] {
  return partialOf(view, namespaces)
    .filter(isBlind)
    .map(({ cluster, kind, namespace, reason, message }) => ({
      kind: kind ?? (namespace ? 'Namespace' : 'Cluster'),
      name: kind ? '' : namespace ?? cluster,
      namespace: namespace ?? namespaces[0] ?? '',
      module: OTHER_MODULE,
      verdict: {
        code: 'Unknown' as const,
        reason,
        message,
        evidence: { root: `Cluster/${cluster}` },
      },
      labels: {},
    }))
    .sort((a, b) => compareText(a.kind, b.kind));
}

function isBlind(entry: PartialData): boolean {
  const { kind } = entry;
  return isUnread(entry) && (kind === undefined || ESSENTIAL_KINDS.has(kind));
}

/** What was once read is merely old. */
function isUnread({ observedAt }: PartialData): boolean {
  return observedAt === undefined;
}

/** The kinds that were never read in one of these namespaces of a cluster. */
export function unreadKinds(
  view: ClusterView,
  namespaces: readonly string[],
): ReadonlySet<string> {
  const unread = partialOf(view, namespaces).filter(isUnread);
  return new Set(unread.flatMap(({ kind }) => kind ?? []));
}
