// SPDX-License-Identifier: Apache-2.0
import type {
  Cause,
  Revision,
  Tenant,
  Workload,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantsLinks } from '../../../navigation';
import type { Action } from '../../../operations/Action';
import type { Translate } from '../../../useText';
import { workloadActions } from '../WorkloadMenu';
import type { ChangeBefore } from './changeBefore';
import { environmentOfCause, workloadOfCause } from './workloadOfCause';

/** Something to do about a cause: an action, which is shown before it is done, or a place to look at. */
export type NextStep = {
  readonly id: string;
  readonly title: string;
  /** What it takes, or what it is good for. */
  readonly cost: string;
  readonly way: { readonly action: Action } | { readonly href: string };
};

/** What is known around a cause. */
export type StepFacts = {
  readonly tenant: Tenant;
  readonly cause: Cause;
  /** What was changed shortly before it began. */
  readonly change: ChangeBefore | undefined;
  /** Of all environments of the tenant; none of those we did not make; `undefined` while nobody knows. */
  readonly revisions: readonly Revision[] | undefined;
  /** Whether the user may do that. */
  readonly offers: (action: Action) => boolean;
};

/** Finds one step in what is known; nothing where it would not help or is not there. Pure. */
export type Rule = (
  t: Translate,
  facts: StepFacts,
  links: TenantsLinks,
) => NextStep | undefined;

function currentRevision({ cause, revisions }: StepFacts) {
  return revisions?.find(
    ({ environment, current }) => current && environment === cause.environment,
  );
}

/** Only where what was changed is what runs now: else going back would undo something else. */
export const goBack: Rule = (t, facts) => {
  const { cause, change, revisions = [] } = facts;
  const current = currentRevision(facts);
  if (!current || current.operation !== change?.operation.id) return undefined;
  const earlier = revisions
    .filter(({ environment }) => environment === cause.environment)
    .filter(({ revision }) => revision < current.revision)
    .sort((a, b) => b.revision - a.revision)[0];
  if (!earlier) return undefined;
  const { revision, environment } = earlier;
  return {
    id: 'rollback',
    title: t('steps.rollback', { n: String(revision), environment }),
    cost: t('steps.rollbackCost', { title: change.operation.title }),
    way: { action: { type: 'rollback', environment, revision } },
  };
};

/** A rule that opens the release and parameters of the module, where we made it. */
function configure(say: (t: Translate, module: string) => string): Rule {
  return (t, facts) => {
    const { environment, module } = facts.cause;
    const { modules } = currentRevision(facts)?.spec ?? {};
    if (!modules?.some(({ name }) => name === module)) return undefined;
    return {
      id: 'configure',
      title: say(t, module),
      cost: t('steps.configureCost'),
      way: { action: { type: 'change-module', environment, module } },
    };
  };
}

/** An action on the workload at fault; `undefined` where its kind has no such, or we did not make its environment. */
function workloadAction<K extends Action['type']>(
  t: Translate,
  facts: StepFacts,
  type: K,
): { workload: Workload; action: Extract<Action, { type: K }> } | undefined {
  const workload = workloadOfCause(facts.tenant, facts.cause);
  if (!workload || !currentRevision(facts)) return undefined;
  const { environment } = facts.cause;
  const isOfType = (a: Action): a is Extract<Action, { type: K }> =>
    a.type === type;
  const action = workloadActions(t, environment, workload)
    .map(item => item.action)
    .find(isOfType);
  return action && { workload, action };
}

/** Starts the workload anew. */
export const restart: Rule = (t, facts) => {
  const found = workloadAction(t, facts, 'restart');
  if (!found) return undefined;
  return {
    id: 'restart',
    title: t('steps.restart', { name: found.workload.name }),
    cost: t('steps.restartCost'),
    way: { action: found.action },
  };
};

/** What runs already has its room: the rest is what does not. */
export const scaleToWhatRuns: Rule = (t, facts) => {
  const found = workloadAction(t, facts, 'scale');
  const { ready = 0, desired = 0 } = found?.workload.replicas ?? {};
  if (!found || ready < 1 || ready >= desired) return undefined;
  const { name } = found.workload;
  return {
    id: 'scale',
    title: t('steps.scale', { name, n: String(ready) }),
    cost: t('steps.scaleCost', { count: desired - ready }),
    way: { action: { ...found.action, proposed: ready } },
  };
};

/** Who uses what is used up. */
export const seeQuota: Rule = (t, { tenant, cause }, links) => ({
  id: 'quota',
  title: t('steps.quota', { environment: cause.environment }),
  cost: t('steps.quotaCost'),
  way: { href: links.tenant(tenant.name, 'quota', { env: cause.environment }) },
});

/** What the portal did not make it can only watch: taking it over is what makes the other steps possible. */
export const adopt: Rule = (t, facts) => {
  const { tenant, cause, revisions } = facts;
  const environment = environmentOfCause(tenant, cause);
  if (!revisions || currentRevision(facts) || !environment) return undefined;
  const { name, cluster, namespaces, tier } = environment;
  const place = { environment: name, cluster, namespaces, tier };
  return {
    id: 'adopt',
    title: t('steps.adopt', { environment: name }),
    cost: t('steps.adoptCost'),
    way: { action: { type: 'adopt', place } },
  };
};

/** What it said before it ended; nothing costs less. */
export const readPreviousLog: Rule = (t, { tenant, cause }, links) => {
  const { environment: env, module, pod, container, previousLog } = cause;
  if (pod === undefined || !previousLog) return undefined;
  const query = { env, module, pod, container, previous: '1' };
  return {
    id: 'previous-log',
    title: t('cause.previousLog'),
    cost: t('steps.previousLogCost', { name: container ?? pod }),
    way: { href: links.tenant(tenant.name, 'logs', query) },
  };
};

/** Opens the parameters where more memory is given. */
export const giveMemory = configure((t, module) =>
  t('steps.memory', { module }),
);
/** Opens the release that names the image. */
export const correctImage = configure((t, module) =>
  t('steps.image', { module }),
);
/** Opens the parameters where requests are made smaller. */
export const askForLess = configure((t, module) =>
  t('steps.requests', { module }),
);
/** Opens the secrets and parameters of the module. */
export const setWhatIsMissing = configure((t, module) =>
  t('steps.missing', { module }),
);
