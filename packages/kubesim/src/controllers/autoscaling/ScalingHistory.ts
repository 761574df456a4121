// SPDX-License-Identifier: Apache-2.0
import type { Autoscaler, ScalingRules } from './Autoscaler';
import type { Limited } from './scalingConditions';

/** What an autoscaler does when it says nothing of `behavior`. */
const DOWN_WINDOW_MS = 300_000;
const GROWTH = { factor: 2, least: 4 };
/** Nothing older than the longest window of the API is remembered. */
const LONGEST_WINDOW_MS = 3_600_000;
const DEFAULT_UP: Required<ScalingRules> = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
};
const DEFAULT_DOWN: Required<ScalingRules> = {
  stabilizationWindowSeconds: DOWN_WINDOW_MS / 1000,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
};

export type Decision = {
  readonly replicas: number;
  readonly stabilised: 'up' | 'down' | undefined;
  readonly limited: Limited;
};
type Step = { readonly at: number; readonly by: number };
type Recommendation = { readonly at: number; readonly replicas: number };

/** What was recommended and done for one autoscaler, and what that allows now. */
export class ScalingHistory {
  private recommendations: Recommendation[] = [];
  private steps: Step[] = [];

  /** Notes a change of the number of replicas. */
  scaled(by: number, now: number): void {
    this.steps = [...this.steps, { at: now, by }].filter(
      ({ at }) => at > now - LONGEST_WINDOW_MS,
    );
  }

  decide(
    { spec }: Autoscaler,
    given: { current: number; proposed: number; now: number },
  ): Decision {
    const up = { ...DEFAULT_UP, ...spec.behavior?.scaleUp };
    const down = { ...DEFAULT_DOWN, ...spec.behavior?.scaleDown };
    const steady = this.stabilise(given, { up, down });
    const bounded = spec.behavior
      ? this.byPolicies({ ...given, proposed: steady }, { up, down })
      : byGrowth(given.current, steady);
    const stabilised =
      steady === given.proposed ? undefined : wayOf(steady - given.proposed);
    return { ...withinBounds(bounded, steady, spec), stabilised };
  }

  private stabilise(
    {
      current,
      proposed,
      now,
    }: { current: number; proposed: number; now: number },
    { up, down }: { up: Required<ScalingRules>; down: Required<ScalingRules> },
  ): number {
    this.recommendations = this.recommendations.filter(
      ({ at }) => at > now - LONGEST_WINDOW_MS,
    );
    const within = (seconds: number) =>
      this.recommendations
        .filter(({ at }) => at > now - seconds * 1000)
        .map(({ replicas }) => replicas);
    const lowest = Math.min(proposed, ...within(up.stabilizationWindowSeconds));
    const highest = Math.max(
      proposed,
      ...within(down.stabilizationWindowSeconds),
    );
    this.recommendations.push({ at: now, replicas: proposed });
    let steady = current;
    if (steady < lowest) steady = lowest;
    if (steady > highest) steady = highest;
    return steady;
  }

  private byPolicies(
    {
      current,
      proposed,
      now,
    }: { current: number; proposed: number; now: number },
    { up, down }: { up: Required<ScalingRules>; down: Required<ScalingRules> },
  ): number {
    if (proposed === current) return proposed;
    const rules = proposed > current ? up : down;
    if (rules.selectPolicy === 'Disabled') return current;
    const sign = proposed > current ? 1 : -1;
    const limits = rules.policies.map(({ type, value, periodSeconds }) => {
      const done = this.steps
        .filter(
          ({ at, by }) =>
            at > now - periodSeconds * 1000 && Math.sign(by) === sign,
        )
        .reduce((sum, { by }) => sum + by, 0);
      const start = current - done;
      return type === 'Pods'
        ? start + sign * value
        : percentOf(start, sign * value);
    });
    const widest =
      (rules.selectPolicy === 'Max') === sign > 0 ? Math.max : Math.min;
    const limit = widest(...limits);
    return sign > 0
      ? Math.max(current, Math.min(proposed, limit))
      : Math.min(current, Math.max(proposed, limit));
  }
}

/** Held above the proposal, it is shrinking that waits. */
function wayOf(difference: number): 'up' | 'down' {
  return difference > 0 ? 'down' : 'up';
}

function percentOf(start: number, percent: number): number {
  const changed = start * (1 + percent / 100);
  return percent > 0 ? Math.ceil(changed) : Math.floor(changed);
}

function byGrowth(current: number, proposed: number): number {
  return Math.min(proposed, Math.max(GROWTH.factor * current, GROWTH.least));
}

function withinBounds(
  replicas: number,
  wanted: number,
  { minReplicas = 1, maxReplicas }: Autoscaler['spec'],
): { replicas: number; limited: Limited } {
  if (wanted > maxReplicas && replicas >= maxReplicas)
    return { replicas: maxReplicas, limited: 'TooManyReplicas' };
  if (wanted < minReplicas && replicas <= minReplicas)
    return { replicas: minReplicas, limited: 'TooFewReplicas' };
  if (replicas === wanted) return { replicas, limited: 'DesiredWithinRange' };
  return {
    replicas: Math.min(maxReplicas, Math.max(minReplicas, replicas)),
    limited: replicas < wanted ? 'ScaleUpLimit' : 'ScaleDownLimit',
  };
}
