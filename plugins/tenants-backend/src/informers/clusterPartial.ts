// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import {
  describeProblem,
  describeWhole,
  type ProblemSubject,
} from './clusterProblems';
import type { KindFreshness } from './KindState';
import type { WatchedType } from './watchedKinds';

/** What one informer says about itself. */
export type KindReport = {
  readonly type: WatchedType;
  /** The one namespace it is of; absent: all. */
  readonly namespace?: string;
  readonly state: KindFreshness;
  readonly objects: number;
  readonly error?: unknown;
  readonly heardAt?: number;
  readonly hasSynced: boolean;
};

/** A report of something that is missing or old, with what to say about it. */
type Gap = { readonly report: KindReport; readonly part: PartialData };

/** A kind that the cluster does not have is no gap; a namespace that is watched by its name and is not there is one. */
function isMissing({ state, type, namespace, hasSynced }: KindReport): boolean {
  switch (state) {
    case 'notServed':
      return namespace !== undefined && !type.namespaced;
    case 'forbidden':
      return !type.optional;
    case 'stale':
      return true;
    case 'refreshing':
      return !hasSynced;
    case 'synced':
      return false;
    default:
      throw new Error(`Unknown state ${String(state satisfies never)}`);
  }
}

/** Not yet missing, but the connection is lost. */
function isReconnecting({ state, error }: KindReport): boolean {
  return state === 'refreshing' && error !== undefined;
}

/** Of what was dropped, or never read to its end, nothing is known, whenever the server last spoke. */
function observedAt(report: KindReport): Pick<PartialData, 'observedAt'> {
  const { state, heardAt, hasSynced } = report;
  const isHeld = state === 'stale' || state === 'refreshing';
  return isHeld && hasSynced && heardAt !== undefined
    ? { observedAt: new Date(heardAt).toISOString() }
    : {};
}

function toGap(cluster: string, report: KindReport): Gap {
  const { type, namespace, error, hasSynced } = report;
  const subject: ProblemSubject = { cluster, type, namespace, hasSynced };
  const part = {
    cluster,
    kind: type.kind,
    ...(namespace === undefined ? {} : { namespace }),
    ...describeProblem(subject, error),
    ...observedAt(report),
  };
  return { report, part };
}

/** One sentence for many gaps, known to be of the newest time among them; of none when one was never read. */
function joined(gaps: readonly Gap[], words: PartialData): PartialData {
  const times = gaps.flatMap(({ part }) => part.observedAt ?? []).sort();
  const newest = times.at(-1);
  return newest !== undefined && times.length === gaps.length
    ? { ...words, observedAt: newest }
    : words;
}

/** Whether these reports all say the same of what they should tell: the gaps’ reason, and nothing else. */
function saysOnly(
  gaps: readonly Gap[],
  reports: readonly KindReport[],
): boolean {
  const [first, ...others] = gaps;
  if (!first) return false;
  if (others.some(({ part }) => part.reason !== first.part.reason))
    return false;
  const telling = reports.filter(
    ({ state, type }) => state !== 'notServed' && !type.optional,
  );
  return telling.every(report => gaps.some(gap => gap.report === report));
}

/** A connection that is lost, or a right that is missing everywhere, is said once, of the cluster. */
function ofCluster(
  cluster: string,
  gaps: readonly Gap[],
  reports: readonly KindReport[],
): readonly PartialData[] | undefined {
  const refused = gaps.filter(({ report }) => report.state === 'forbidden');
  const lost = gaps.filter(({ report }) => report.state !== 'forbidden');
  const open = reports.filter(({ state }) => state !== 'forbidden');
  const [first] = lost;
  if (first && saysOnly(lost, open)) {
    const { reason, message } = describeWhole(first.part.reason, {
      cluster,
      error: first.report.error,
    });
    const whole = joined(lost, { cluster, reason, message });
    return [whole, ...refused.map(({ part }) => part)];
  }
  const isScoped = reports.some(({ namespace }) => namespace !== undefined);
  if (isScoped || lost.length > 0 || !saysOnly(refused, reports)) {
    return undefined;
  }
  return [{ cluster, ...describeWhole('Forbidden', { cluster }) }];
}

/** What all kinds of a namespace lack for the same reason is said once, of the namespace. */
function byNamespace(
  cluster: string,
  gaps: readonly Gap[],
  reports: readonly KindReport[],
): readonly PartialData[] {
  const names = new Set(gaps.flatMap(({ report }) => report.namespace ?? []));
  const said = new Set<Gap>();
  const parts = [...names].flatMap(namespace => {
    const here = gaps.filter(
      ({ report }) => report.namespace === namespace && report.type.namespaced,
    );
    const all = reports.filter(
      report => report.namespace === namespace && report.type.namespaced,
    );
    const [first] = here;
    if (!first || !saysOnly(here, all)) return [];
    const { reason } = first.part;
    const same = gaps.filter(
      gap => gap.report.namespace === namespace && gap.part.reason === reason,
    );
    for (const gap of same) said.add(gap);
    const { error } = first.report;
    const words = describeWhole(reason, { cluster, namespace, error });
    return [joined(here, { cluster, namespace, ...words })];
  });
  const rest = gaps.filter(gap => !said.has(gap)).map(({ part }) => part);
  return [...parts, ...rest];
}

function partsOf(
  cluster: string,
  reports: readonly KindReport[],
  counts: (report: KindReport) => boolean,
): readonly PartialData[] {
  const gaps = reports.filter(counts).map(report => toGap(cluster, report));
  return (
    ofCluster(cluster, gaps, reports) ?? byNamespace(cluster, gaps, reports)
  );
}

/** The parts of a cluster’s data that are missing or old. Empty when all is well. */
export function clusterPartial(
  cluster: string,
  reports: readonly KindReport[],
): readonly PartialData[] {
  return partsOf(cluster, reports, isMissing);
}

/** What keeps a cluster from being synced: its gaps, and what is about to become one. */
export function clusterProblems(
  cluster: string,
  reports: readonly KindReport[],
): readonly PartialData[] {
  return partsOf(
    cluster,
    reports,
    report => isMissing(report) || isReconnecting(report),
  );
}

/** What is to be said of one kind in a table of kinds. */
export function kindMessage(
  cluster: string,
  kind: { readonly type: WatchedType; readonly state: KindFreshness },
  problems: readonly PartialData[],
): string | undefined {
  const { type, state } = kind;
  const problem = problems.find(part => part.kind === type.kind);
  if (problem) return problem.message;
  if (state !== 'notServed' || type.optional) return undefined;
  return describeWhole('NotServed', { cluster, type }).message;
}
