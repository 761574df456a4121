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
        label: pod.slice(prefix.length),
        colour: `var(--tenantry-series-${(index % COLOURS) + 1})`,
        dash: DASHES[Math.floor(index / COLOURS) % DASHES.length],
      },
    ]),
  );
}
