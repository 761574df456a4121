// SPDX-License-Identifier: Apache-2.0
import type { LogSource } from '@tenantry/backstage-plugin-tenants-common';

/** How the lines of one pod are told from those of others: colour, kind of edge, and a short name. */
export type PodSeries = {
  readonly pod: string;
  readonly label: string;
  readonly colour: string;
  readonly dash: 'solid' | 'dashed' | 'dotted';
};

const COLOURS = 6;
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** What all names start with, up to a dash: said once, in the legend. */
export function commonPrefix(names: readonly string[]): string {
  if (names.length < 2) return '';
  let prefix = names[0];
  for (const name of names) {
    while (!name.startsWith(prefix)) prefix = prefix.slice(0, -1);
  }
  return prefix.slice(0, prefix.lastIndexOf('-') + 1);
}

/** Longest name that has room beside a line. */
const MAX_LABEL = 16;
/** What a pod's name ends with after the name and the hash of its ReplicaSet: what tells it from the others. */
const KEPT_END = 6;

/** A name that fits beside a line: of a long one its middle is left out, for pods of one workload differ in their end. */
export function shortName(name: string): string {
  if (name.length <= MAX_LABEL) return name;
  const start = name.slice(0, MAX_LABEL - KEPT_END - 1);
  return `${start}…${name.slice(-KEPT_END)}`;
}

/** Gives each pod its look, in the order in which they came, so that a look never changes while pods join. */
export function podSeries(
  sources: readonly LogSource[],
): ReadonlyMap<string, PodSeries> {
  const pods = [...new Set(sources.map(source => source.pod))];
  const prefix = commonPrefix(pods);
  return new Map(
    pods.map((pod, index) => [
      pod,
      {
        pod,
        label: shortName(pod.slice(prefix.length)),
        colour: `var(--tenantry-series-${(index % COLOURS) + 1})`,
        dash: DASHES[Math.floor(index / COLOURS) % DASHES.length],
      },
    ]),
  );
}
