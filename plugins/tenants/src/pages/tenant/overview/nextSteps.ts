// SPDX-License-Identifier: Apache-2.0
import type { TenantsLinks } from '../../../navigation';
import type { Translate } from '../../../useText';
import {
  adopt,
  askForLess,
  correctImage,
  giveMemory,
  goBack,
  readPreviousLog,
  restart,
  scaleToWhatRuns,
  seeQuota,
  setWhatIsMissing,
  type NextStep,
  type Rule,
  type StepFacts,
} from './stepRules';
import { lastEndOfCause } from './workloadOfCause';

const outOfMemory = [giveMemory];
const image = [correctImage];
const configuration = [setWhatIsMissing];
const quota = [seeQuota, scaleToWhatRuns];
const noNode = [scaleToWhatRuns, askForLess];
const notReady = [restart];

// By Kubernetes' own reasons: the surest and smallest first.
const RULES = new Map<string, readonly Rule[]>([
  ['OOMKilled', outOfMemory],
  ['ErrImagePull', image],
  ['ImagePullBackOff', image],
  ['InvalidImageName', image],
  ['ErrImageNeverPull', image],
  ['CreateContainerConfigError', configuration],
  ['ExceededQuota', quota],
  ['FailedQuota', quota],
  ['Unschedulable', noNode],
  ['PodsNotReady', notReady],
  ['ProgressDeadlineExceeded', notReady],
  ['Unhealthy', notReady],
  ['ContainersNotReady', notReady],
]);

/** A crash loop is how it shows; how the container ended is what can be put right. */
function reasonOf({ tenant, cause }: StepFacts): string {
  return cause.reason === 'CrashLoopBackOff'
    ? lastEndOfCause(tenant, cause) ?? cause.reason
    : cause.reason;
}

/** More would be a list to choose from, which nobody wants at night. */
const MAX_STEPS = 2;

/** What can be done about a cause, by what is known of it: the surest and smallest first, the log before a crash always among them, and where nothing else is left, what makes more possible. Nothing is guessed. Pure. */
export function findNextSteps(
  t: Translate,
  facts: StepFacts,
  links: TenantsLinks,
): readonly NextStep[] {
  const log = readPreviousLog(t, facts, links);
  const offered = (rules: readonly Rule[]) =>
    rules
      .flatMap(rule => rule(t, facts, links) ?? [])
      .filter(({ way }) => 'href' in way || facts.offers(way.action));
  const others = offered([goBack, ...(RULES.get(reasonOf(facts)) ?? [])]);
  const surest = log
    ? [...others.slice(0, MAX_STEPS - 1), log]
    : others.slice(0, MAX_STEPS);
  return [...surest, ...offered([adopt])].slice(0, MAX_STEPS);
}
