// SPDX-License-Identifier: Apache-2.0
import { median } from '../../percentile';
import type { PageCost } from './pageMeter';

function middle(
  costs: readonly PageCost[],
  read: (cost: PageCost) => number,
): number {
  return median(costs.map(read));
}

/** The middle of what a page cost each time it was opened; of long tasks all, since one is one too many. */
export function pageFigures(
  name: string,
  costs: readonly PageCost[],
): Record<string, number> {
  return {
    [`${name}: first contentful paint, ms`]: middle(costs, c => c.firstPaintMs),
    [`${name}: data shown, ms`]: middle(costs, c => c.shownMs),
    [`${name}: kB until then`]: middle(costs, c => c.bytes.all) / 1000,
    [`${name}: kB of scripts`]: middle(costs, c => c.bytes.scripts) / 1000,
    [`${name}: kB of answers`]: middle(costs, c => c.bytes.answers) / 1000,
    [`${name}: kB while watched`]: middle(costs, c => c.laterBytes) / 1000,
    [`${name}: long tasks while it opened`]: middle(
      costs,
      c => c.longTasksBefore,
    ),
    [`${name}: long tasks while watched, all rounds`]: countLongTasks(costs),
    [`${name}: longest of these, ms`]: Math.max(
      ...costs.map(c => c.longestAfterMs),
    ),
    [`${name}: of these with more than 50 ms of CPU`]: costs.reduce(
      (sum, cost) => sum + cost.longCpuAfter,
      0,
    ),
    [`${name}: most CPU of a task, ms`]: Math.max(
      ...costs.map(c => c.longestCpuMs),
    ),
    [`${name}: work while watched, ms/s`]: middle(
      costs,
      c => c.busyMsPerSecond,
    ),
  };
}

/** Tasks of more than 50 ms while a page was watched, each time it was opened. */
export function countLongTasks(costs: readonly PageCost[]): number {
  return costs.reduce((sum, cost) => sum + cost.longTasksAfter, 0);
}
