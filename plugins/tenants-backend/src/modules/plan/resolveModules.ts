// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleChoice,
  PlanNote,
  Refusal,
} from '@tenantry/backstage-plugin-tenants-common';
import type { DeadEnd } from './DeadEnd';
import { PLAN_LIMITS } from './limits';
import { needsOf, orderByWave } from './orderByWave';
import type { Choice, Picks, ResolveContext } from './ResolveContext';
import { searchReleases, toRequirements } from './searchReleases';
import { tryRemedies } from './tryRemedies';

/** A module with its release, before its parameters are known. */
export type ResolvedRelease = Omit<Choice, 'chain'> & {
  readonly requiredBy: readonly string[];
  readonly needs: readonly string[];
  readonly wave: number;
};

/** What resolution came to. Refused modules are left out, the rest is resolved without them. */
export type Resolution = {
  /** By wave, then name. */
  readonly modules: readonly ResolvedRelease[];
  readonly refusals: readonly Refusal[];
  readonly notes: readonly PlanNote[];
};

type Wanted = readonly { readonly name: string; readonly version?: string }[];

/**
 * Chooses a release for each module asked for and for everything they need, the highest that is allowed; a release that runs
 * already stays unless what is asked for rules it out. What cannot be is refused with the way that led there.
 */
export function resolveModules(
  choices: readonly ModuleChoice[],
  context: ResolveContext,
): Resolution {
  const twice = choices.filter(
    ({ name }, at) => choices.findIndex(other => other.name === name) !== at,
  );
  const once = choices.filter(choice => !twice.includes(choice));
  const { picks, refusals } = resolve(once, context);
  return {
    modules: toModules(picks),
    refusals: [
      ...twice.map(({ name }) => namedTwice(name, context)),
      ...refusals,
    ],
    notes: notesOn(picks, context),
  };
}

function resolve(wanted: Wanted, context: ResolveContext) {
  const all = searchReleases(toRequirements(wanted), context);
  if (all.kind === 'found') return { picks: all.picks, refusals: [] };
  const single = wanted.flatMap(choice => {
    const result = searchReleases(
      toRequirements([choice]),
      context,
      Math.ceil(PLAN_LIMITS.resolutionSteps / wanted.length),
    );
    if (result.kind === 'found') return [];
    const why =
      result.kind === 'none' ? result.why : tooHard(choice.name, result.why);
    return [{ choice, why }];
  });
  const rest = wanted.filter(
    choice => !single.some(failed => failed.choice === choice),
  );
  const refusals = single.map(({ why }) => toRefusal(why, wanted, context));
  const left =
    single.length === 0 ? all : searchReleases(toRequirements(rest), context);
  if (left.kind === 'found') return { picks: left.picks, refusals };
  const why =
    left.kind === 'none' ? left.why : tooHard(context.environment, left.why);
  return {
    picks: new Map() as Picks,
    refusals: [...refusals, toRefusal(why, wanted, context)],
  };
}

function toRefusal(
  why: DeadEnd,
  wanted: Wanted,
  context: ResolveContext,
): Refusal {
  const { advice, candidates, ...told } = why;
  const tried = tryRemedies({ why, wanted, context });
  return {
    ...told,
    environment: context.environment,
    fixes: [...tried, ...advice].slice(0, PLAN_LIMITS.remediesShown),
  };
}

/** Neither found nor ruled out: said as what it is, with where it got stuck. */
function tooHard(subject: string, stuck?: DeadEnd): DeadEnd {
  return {
    rule: stuck?.rule ?? 'dependency-range',
    subject: stuck?.subject ?? subject,
    message: `No set of releases was found in ${
      PLAN_LIMITS.resolutionSteps
    } tries. ${
      stuck ? `It came as far as this: ${stuck.message} ` : ''
    }Ask for exact versions.`,
    chain: stuck?.chain ?? [],
    advice: [{ label: 'Ask for exact versions of some modules.' }],
    candidates: stuck?.candidates ?? [],
  };
}

function namedTwice(name: string, { environment }: ResolveContext): Refusal {
  return {
    rule: 'conflict',
    environment,
    subject: name,
    message: `${name} is asked for twice. An environment has a module once.`,
    chain: [name],
    fixes: [{ label: `Ask for ${name} once.` }],
  };
}

function toModules(picks: Picks): readonly ResolvedRelease[] {
  const needs = needsOf(picks);
  const waves = orderByWave(needs);
  return [...picks.values()]
    .map(({ module, release }) => ({
      module,
      release,
      needs: needs.get(module.name) ?? [],
      requiredBy: [...picks.keys()]
        .filter(name => needs.get(name)?.includes(module.name))
        .sort(),
      wave: waves.get(module.name) ?? 0,
    }))
    .sort(
      (a, b) => a.wave - b.wave || (a.module.name < b.module.name ? -1 : 1),
    );
}

function notesOn(picks: Picks, context: ResolveContext): PlanNote[] {
  return [...picks.values()]
    .sort((a, b) => (a.module.name < b.module.name ? -1 : 1))
    .flatMap(pick =>
      [
        ...lifecycleNotes(pick),
        ...recommendedNotes(pick, picks, context),
        ...versionNotes(pick, context),
      ].map(note => ({ ...note, environment: context.environment })),
    );
}

function lifecycleNotes({ module, release }: Choice): PlanNote[] {
  const subject = module.name;
  const { deprecated } = release;
  const notes: PlanNote[] = [];
  if (deprecated) {
    const until = deprecated.endsAt ? ` It ends on ${deprecated.endsAt}.` : '';
    notes.push({
      subject,
      kind: 'deprecated',
      message: `${subject} ${release.version} is deprecated: ${deprecated.message}${until}`,
    });
  }
  if (module.lifecycle === 'deprecated') {
    notes.push({
      subject,
      kind: 'deprecated',
      message: `${subject} is deprecated.`,
    });
  }
  if (module.lifecycle === 'experimental') {
    notes.push({
      subject,
      kind: 'warning',
      message: `${subject} is experimental: it may change or go away.`,
    });
  }
  return notes;
}

function recommendedNotes(
  { module, release }: Choice,
  picks: Picks,
  { catalogue, cluster }: ResolveContext,
): PlanNote[] {
  return release.recommends
    .filter(
      ({ name }) =>
        !picks.has(name) &&
        !cluster.running.has(name) &&
        catalogue.modules.has(name),
    )
    .map(({ name }) => ({
      subject: module.name,
      kind: 'recommended' as const,
      message: `${module.name} is better with ${name}.`,
    }));
}

function versionNotes(
  { module, release }: Choice,
  { recorded, cluster }: ResolveContext,
): PlanNote[] {
  const subject = module.name;
  const notes: PlanNote[] = [];
  const before = recorded[subject]?.version;
  const isGone =
    before !== undefined &&
    !module.releases.some(({ version }) => version === before);
  if (isGone) {
    notes.push({
      subject,
      kind: 'warning',
      message: `${subject} ${before} is no longer defined; ${release.version} takes its place.`,
    });
  }
  if (release.kubernetes !== undefined && cluster.version === undefined) {
    notes.push({
      subject,
      kind: 'warning',
      message: `${subject} ${release.version} needs Kubernetes ${release.kubernetes}; the version of ${cluster.name} is not known.`,
    });
  }
  return notes;
}
