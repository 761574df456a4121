// SPDX-License-Identifier: Apache-2.0
import type { ModuleDependency } from '@tenantry/backstage-plugin-tenants-common';
import semver from 'semver';
import { releasesOf, type PlacedRelease } from '../build/toModule';
import { toNeed } from '../build/toRelease';
import type { Draft, Drafts } from '../build/Drafts';
import { problemAt, within, type Place, type Say } from '../Place';
import type { ModuleSource } from '../schema/moduleSchema';
import { capabilityName } from '../schema/words';
import { suggestion } from '../suggestion';

/** What can be named as a need. */
type Known = {
  readonly names: ReadonlySet<string>;
  /** Names of capabilities. */
  readonly capabilities: ReadonlySet<string>;
  readonly versions: ReadonlyMap<string, readonly string[]>;
};

/** Checks that what members name is there. */
export function checkReferences(drafts: Drafts, say: Say): void {
  const modules = [...drafts.modules.drafts.values()];
  if (!drafts.isComplete) return;
  const known = knownOf(drafts, modules);
  for (const draft of modules) {
    checkCategory(draft, drafts.categories.names, say);
    for (const release of releasesOf(draft)) {
      checkTiers(release, drafts.tiers.names, say);
      checkNeeds(draft.name, release, { known, say });
    }
  }
}

function knownOf(
  { modules }: Drafts,
  drafts: readonly Draft<ModuleSource>[],
): Known {
  const releases = drafts.map(draft => ({ draft, all: releasesOf(draft) }));
  return {
    names: modules.names,
    capabilities: new Set(
      releases.flatMap(({ all }) =>
        all.flatMap(({ source }) =>
          (source.provides ?? []).map(capabilityName),
        ),
      ),
    ),
    versions: new Map(
      releases.map(({ draft, all }) => [
        draft.name,
        all.map(({ source }) => source.version),
      ]),
    ),
  };
}

function checkCategory(
  { name, source: { category }, place }: Draft<ModuleSource>,
  categories: ReadonlySet<string>,
  say: Say,
): void {
  if (category === undefined || categories.has(category)) return;
  const words = {
    rule: 'unknown-category',
    message: `The module "${name}" is in the category "${category}", which is not defined.`,
    remedy: suggestion(category, [...categories]),
  };
  say(problemAt(within(place, 'category'), words));
}

function checkTiers(
  { source, place }: PlacedRelease,
  tiers: ReadonlySet<string>,
  say: Say,
): void {
  const named = [
    ...(source.allowedTiers ?? []).map((tier, i) => ({
      tier,
      at: ['allowedTiers', i],
    })),
    ...Object.keys(source.tierParameters ?? {}).map(tier => ({
      tier,
      at: ['tierParameters', tier],
    })),
  ];
  for (const { tier, at } of named) {
    if (tiers.has(tier)) continue;
    const words = {
      rule: 'unknown-tier',
      message: `The tier "${tier}" is not defined.`,
      remedy: suggestion(tier, [...tiers]),
    };
    say(problemAt(within(place, ...at), words));
  }
}

type NeedOptions = { readonly known: Known; readonly say: Say };

function checkNeeds(
  module: string,
  release: PlacedRelease,
  options: NeedOptions,
): void {
  const { source, place } = release;
  for (const kind of ['dependencies', 'recommends', 'conflicts'] as const) {
    (source[kind] ?? []).forEach((need, index) => {
      const at = within(place, kind, index);
      checkNeed(toNeed(need), { module, kind, at }, options);
    });
  }
}

type NeedPlace = {
  readonly module: string;
  readonly kind: 'dependencies' | 'recommends' | 'conflicts';
  readonly at: Place;
};

const VERBS = {
  dependencies: 'depends on',
  recommends: 'recommends',
  conflicts: 'conflicts with',
} as const;

function checkNeed(
  { name, range }: ModuleDependency,
  { module, kind, at }: NeedPlace,
  { known, say }: NeedOptions,
): void {
  const verb = VERBS[kind];
  if (name === module) {
    const words = {
      rule: 'self-dependency',
      message: `The module "${module}" ${verb} itself.`,
      remedy: 'Remove the entry.',
    };
    say(problemAt(at, words));
    return;
  }
  if (!known.names.has(name) && !known.capabilities.has(name)) {
    const all = [...known.names, ...known.capabilities];
    const words = {
      rule: 'unknown-module',
      message: `The module "${module}" ${verb} "${name}", but no module has that name, and none provides it.`,
      remedy: suggestion(name, all),
    };
    say(problemAt(at, words));
    return;
  }
  const versions = known.versions.get(name);
  const fits = (version: string) =>
    semver.satisfies(version, range, { includePrerelease: true });
  if (!versions || kind === 'conflicts' || versions.some(fits)) return;
  const words = {
    rule: 'unmet-range',
    message: `The module "${module}" ${verb} "${name}" ${range}, but no release of it is in that range.`,
    remedy: `Releases of "${name}": ${versions.slice(0, 12).join(', ')}.`,
  };
  say(problemAt(at, words));
}
