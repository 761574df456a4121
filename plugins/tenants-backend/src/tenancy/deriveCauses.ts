// SPDX-License-Identifier: Apache-2.0
import type { Cause, RollUp } from '@tenantry/backstage-plugin-tenants-common';
import { compareHealth, compareText, healthOf } from '../health';
import type { Unit } from './Unit';

/** How many causes a tenant carries. */
export const MAX_CAUSES = 10;

/** The judged objects of one environment. */
export type CauseSource = {
  readonly environment: string;
  readonly cluster: string;
  readonly units: readonly Unit[];
};

/** Explains what is not healthy: worst first, one cause per root, a workload rather than what only follows from it. */
export function deriveCauses(
  sources: readonly CauseSource[],
  limit: number = MAX_CAUSES,
): Cause[] {
  const candidates = sources.flatMap(source =>
    source.units.filter(needsCause).map(unit => ({ source, unit })),
  );
  candidates.sort(compareCandidates);
  const seen = new Set<string>();
  const causes: Cause[] = [];
  for (const { source, unit } of candidates) {
    const root = rootOf(source, unit);
    if (seen.has(root)) continue;
    seen.add(root);
    causes.push(causeOf(source, unit));
  }
  return causes.slice(0, limit);
}

/** Lets a state say the same as its first cause, so that a page’s headline and the cause beneath it are about one thing. */
export function explainedBy(state: RollUp, causes: readonly Cause[]): RollUp {
  const [first] = causes;
  if (first?.code !== state.code) return state;
  const { code, counts } = state;
  const { reason, message, since } = first;
  return { code, reason, message, counts, ...(since ? { since } : {}) };
}

type Candidate = { readonly source: CauseSource; readonly unit: Unit };

function needsCause({ verdict }: Unit): boolean {
  return verdict.code !== 'Healthy' && verdict.code !== 'Suspended';
}

function compareCandidates(a: Candidate, b: Candidate): number {
  const isWorkload = ({ unit }: Candidate) => (unit.workload ? 0 : 1);
  const sameCode = a.unit.verdict.code === b.unit.verdict.code;
  return (
    (sameCode ? isWorkload(a) - isWorkload(b) : 0) ||
    compareHealth(a.unit.verdict, b.unit.verdict) ||
    compareText(placeOf(a), placeOf(b))
  );
}

function placeOf({ source, unit }: Candidate): string {
  const { environment, cluster } = source;
  return [environment, cluster, unit.namespace, unit.kind, unit.name].join('/');
}

/** What two causes must not share: what lies behind them, or else the pod that shows them, or else the object. */
function rootOf(source: CauseSource, unit: Unit): string {
  const { evidence } = unit.verdict;
  const pod = evidence?.pod && `Pod/${evidence.pod}`;
  const root = evidence?.root ?? pod ?? `${unit.kind}/${unit.name}`;
  return [source.cluster, unit.namespace, root].join('/');
}

function causeOf(source: CauseSource, unit: Unit): Cause {
  const { environment, cluster } = source;
  const { namespace, module, kind, name, verdict } = unit;
  const { evidence = {} } = verdict;
  const { pod, container, previousLog = false } = evidence;
  const { ended, nextStartAt } = evidence;
  return {
    environment,
    cluster,
    namespace,
    module,
    object: { kind, name },
    ...(pod ? { pod } : {}),
    ...(container ? { container } : {}),
    ...healthOf(verdict),
    previousLog,
    ...(ended ? { ended } : {}),
    ...(nextStartAt ? { nextStartAt } : {}),
  };
}
