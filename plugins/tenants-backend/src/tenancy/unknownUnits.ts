// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import { compareText } from '../health';
import type { ClusterView } from '../informers/Lister';
import { OTHER_MODULE } from './moduleOf';
import type { Unit } from './Unit';

/** Without these nothing can be said of what runs. */
const ESSENTIAL_KINDS = new Set(['Pod', 'Deployment', 'StatefulSet']);

/** Says what was never read and without which health cannot be known. Data that is merely old keeps its verdicts: its age is told by the freshness. */
export function unknownUnits(view: ClusterView, namespace: string): Unit[] {
  return view.partial
    .filter(isBlind)
    .map(({ cluster, kind, reason, message }) => ({
      kind: kind ?? 'Cluster',
      name: kind ? '' : cluster,
      namespace,
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

/** The kinds of a cluster that were never read. */
export function unreadKinds({ partial }: ClusterView): ReadonlySet<string> {
  return new Set(partial.filter(isUnread).flatMap(({ kind }) => kind ?? []));
}
