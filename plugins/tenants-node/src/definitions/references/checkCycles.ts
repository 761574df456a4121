// SPDX-License-Identifier: Apache-2.0
import semver from 'semver';
import type { Draft } from '../build/Drafts';
import { releasesOf } from '../build/toModule';
import { toNeed } from '../build/toRelease';
import { problemAt, within, type Place, type Say } from '../Place';
import type { ModuleSource } from '../schema/moduleSchema';
import { capabilityName } from '../schema/words';

type Edge = { readonly to: string; readonly place: Place };
type Graph = ReadonlyMap<string, readonly Edge[]>;

/**
 * Refuses releases that need each other in a circle, each need taken as the highest release in its range. A need that several modules
 * provide can be met in another way, and is left to the plan.
 */
export function checkCycles(
  drafts: ReadonlyMap<string, Draft<ModuleSource>>,
  say: Say,
): void {
  const graph = graphOf(drafts);
  const told = new Set<string>();
  const done = new Set<string>();
  for (const start of graph.keys()) {
    for (const cycle of cyclesFrom(start, graph, done)) {
      const modules = cycle.map(({ to }) => to.split('@')[0]);
      const key = [...new Set(modules)].sort().join(' ');
      if (told.has(key)) continue;
      told.add(key);
      const words = {
        rule: 'dependency-cycle',
        message: `Modules depend on each other in a circle: ${[
          modules[modules.length - 1],
          ...modules,
        ].join(' → ')}.`,
        remedy:
          'Remove one of these dependencies, or make it a recommendation.',
      };
      say(problemAt(cycle[cycle.length - 1].place, words));
    }
  }
}

/** Depth first, without recursion: the graph may be as long as the catalogue. */
function cyclesFrom(start: string, graph: Graph, done: Set<string>): Edge[][] {
  const cycles: Edge[][] = [];
  const path: { node: string; next: number; edge?: Edge }[] = [
    { node: start, next: 0 },
  ];
  if (done.has(start)) return cycles;
  while (path.length > 0) {
    const top = path[path.length - 1];
    const edge = graph.get(top.node)?.[top.next];
    top.next += 1;
    if (!edge) {
      done.add(top.node);
      path.pop();
      continue;
    }
    const at = path.findIndex(({ node }) => node === edge.to);
    if (at >= 0) {
      const through = path.slice(at + 1).flatMap(step => step.edge ?? []);
      cycles.push([...through, edge]);
    } else if (!done.has(edge.to)) {
      path.push({ node: edge.to, next: 0, edge });
    }
  }
  return cycles;
}

function graphOf(drafts: ReadonlyMap<string, Draft<ModuleSource>>): Graph {
  const versions = new Map(
    [...drafts].map(([name, draft]) => [
      name,
      releasesOf(draft)
        .map(({ source }) => source.version)
        .sort(semver.rcompare),
    ]),
  );
  const providers = providersOf(drafts);
  const graph = new Map<string, Edge[]>();
  for (const [name, draft] of drafts) {
    for (const { source, place } of releasesOf(draft)) {
      const edges = (source.dependencies ?? []).flatMap((need, index) => {
        const { name: needed, range } = toNeed(need);
        const module = versions.has(needed)
          ? needed
          : onlyOf(providers.get(needed));
        if (module === undefined || module === name) return [];
        const wanted = module === needed ? range : '*';
        const version = versions
          .get(module)
          ?.find(v => semver.satisfies(v, wanted));
        if (version === undefined) return [];
        return [
          {
            to: `${module}@${version}`,
            place: within(place, 'dependencies', index),
          },
        ];
      });
      graph.set(`${name}@${source.version}`, edges);
    }
  }
  return graph;
}

function providersOf(drafts: ReadonlyMap<string, Draft<ModuleSource>>) {
  const providers = new Map<string, Set<string>>();
  for (const [name, draft] of drafts) {
    for (const { source } of releasesOf(draft)) {
      for (const said of source.provides ?? []) {
        const capability = capabilityName(said);
        const found = providers.get(capability) ?? new Set();
        providers.set(capability, found.add(name));
      }
    }
  }
  return providers;
}

function onlyOf(names: ReadonlySet<string> | undefined): string | undefined {
  return names?.size === 1 ? [...names][0] : undefined;
}
