// SPDX-License-Identifier: Apache-2.0
import { inRange, providesInRange } from './ranges';
import type { Choice, Picks, Requirement } from './ResolveContext';

type Wanted = Omit<Requirement, 'chain'>;

/** What each module of an environment needs of the others, by name. */
export type Needs = ReadonlyMap<string, readonly string[]>;

/** Who of the chosen meets a requirement: the module of that name, else the first by name that provides it. */
export function whoMeets(
  { name, range, from }: Wanted,
  picks: Picks,
): Choice | undefined {
  const own = picks.get(name);
  if (own && inRange(own.release.version, range)) return own;
  if (from === undefined) return undefined;
  return [...picks.values()]
    .filter(
      ({ module, release }) =>
        module.name !== from && providesInRange(release, name, range),
    )
    .sort((a, b) => (a.module.name < b.module.name ? -1 : 1))[0];
}

/** Edges from each module to those it needs, sorted. */
export function needsOf(picks: Picks): Needs {
  return new Map(
    [...picks.values()].map(({ module, release }) => {
      const needed = release.dependencies.flatMap(({ name, range }) => {
        const met = whoMeets({ name, range, from: module.name }, picks);
        return met ? [met.module.name] : [];
      });
      return [module.name, [...new Set(needed)].sort()];
    }),
  );
}

/** The names along a cycle, the first again at the end; `undefined` when there is none. */
export function findCycle(needs: Needs): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): readonly string[] | undefined => {
    if (done.has(name)) return undefined;
    const at = path.indexOf(name);
    if (at >= 0) return [...path.slice(at), name];
    path.push(name);
    for (const next of needs.get(name) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(name);
    return undefined;
  };
  for (const name of [...needs.keys()].sort()) {
    const cycle = visit(name);
    if (cycle) return cycle;
  }
  return undefined;
}

/** The wave of each module: one more than the highest of those it needs. `needs` has no cycle. */
export function orderByWave(needs: Needs): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  const waveOf = (name: string): number => {
    const known = waves.get(name);
    if (known !== undefined) return known;
    const below = (needs.get(name) ?? []).map(waveOf);
    const wave = below.length === 0 ? 0 : Math.max(...below) + 1;
    waves.set(name, wave);
    return wave;
  };
  for (const name of needs.keys()) waveOf(name);
  return waves;
}
