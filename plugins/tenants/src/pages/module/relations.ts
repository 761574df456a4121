// SPDX-License-Identifier: Apache-2.0
import type { ModuleDetail } from '@tenantry/backstage-plugin-tenants-common';

/** How two modules stand to each other. */
export type RelationKind = 'requires' | 'recommends' | 'conflicts';

/** One line of the graph: this module and another one. */
export type Relation = {
  readonly module: string;
  readonly kind: RelationKind;
  readonly range: string;
  /** `out`: this module names the other one. */
  readonly direction: 'in' | 'out';
  readonly reason?: string;
};

/** What a release needs, recommends and conflicts with, and who names it; each other module once per direction and kind. */
export function relationsOf(module: ModuleDetail, version: string): Relation[] {
  const release =
    module.releases.find(r => r.version === version) ?? module.releases[0];
  const out = (
    kind: RelationKind,
    list: readonly { name: string; range: string; reason?: string }[],
  ): Relation[] =>
    list.map(({ name, range, reason }) => ({
      module: name,
      kind,
      range,
      direction: 'out' as const,
      ...(reason === undefined ? {} : { reason }),
    }));
  const outgoing = [
    ...out('requires', release.dependencies),
    ...out('recommends', release.recommends),
    ...out('conflicts', release.conflicts),
  ];
  const conflicting = new Set(release.conflicts.map(c => c.name));
  const seen = new Set<string>();
  const incoming = module.usedBy.flatMap((use): Relation[] => {
    const key = `${use.relation}/${use.module}`;
    // A conflict holds both ways and is drawn once.
    const isKnown = use.relation === 'conflicts' && conflicting.has(use.module);
    if (seen.has(key) || isKnown) return [];
    seen.add(key);
    const { module: name, relation: kind, range } = use;
    return [{ module: name, kind, range, direction: 'in' }];
  });
  return [...incoming, ...outgoing];
}
