// SPDX-License-Identifier: Apache-2.0
import type {
  CatalogueModule,
  CatalogueRelease,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { DeadEnd } from './DeadEnd';
import { explainNotAllowed } from './explainNotAllowed';
import { findConflict } from './findConflict';
import { PLAN_LIMITS } from './limits';
import { findCycle, needsOf, whoMeets } from './orderByWave';
import { byPreference, inRange, providesInRange } from './ranges';
import {
  say,
  type Choice,
  type Picks,
  type Requirement,
  type ResolveContext,
} from './ResolveContext';
import {
  conflictDeadEnd,
  cycleDeadEnd,
  missingDeadEnd,
  notAllowedDeadEnd,
  otherChoiceDeadEnd,
  providedDeadEnd,
  rangeDeadEnd,
} from './deadEnds';

/** What a search came to. */
export type SearchResult =
  | { readonly kind: 'found'; readonly picks: Picks }
  | { readonly kind: 'none'; readonly why: DeadEnd }
  /** Neither found nor ruled out within the steps allowed. */
  | { readonly kind: 'given-up'; readonly why: DeadEnd | undefined };

type Option = {
  readonly module: CatalogueModule;
  readonly release: CatalogueRelease;
};

/** The requirements of what somebody asked for, in an order that does not depend on how it was written. */
export function toRequirements(
  wanted: readonly { readonly name: string; readonly version?: string }[],
): readonly Requirement[] {
  return [...wanted]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version }) => ({ name, range: version ?? '*', chain: [] }));
}

/** One search: holds the steps left and the dead end that came furthest. */
class Search {
  private furthest?: { readonly depth: number; readonly why: DeadEnd };

  constructor(
    private readonly context: ResolveContext,
    private steps: number,
  ) {}

  get why(): DeadEnd | undefined {
    return this.furthest?.why;
  }

  get isExhausted(): boolean {
    return this.steps < 0;
  }

  solve(pending: readonly Requirement[], picks: Picks): Picks | undefined {
    const at = pending.findIndex(one => !this.isMet(one, picks));
    if (at < 0) return this.withoutCycle(picks) ?? this.byOthers(picks);
    const next = pending[at];
    const rest = pending.slice(at + 1);
    for (const option of this.options(next, picks)) {
      if (--this.steps < 0) return undefined;
      const found = this.take(option, { next, rest, picks });
      if (found) return found;
    }
    return undefined;
  }

  private take(
    option: Option,
    at: {
      readonly next: Requirement;
      readonly rest: readonly Requirement[];
      readonly picks: Picks;
    },
  ): Picks | undefined {
    const { next, rest, picks } = at;
    const choice: Choice = { ...option, chain: next.chain };
    const clash = findConflict(choice, picks, this.context);
    if (clash) {
      this.fail(picks, conflictDeadEnd(choice, clash, this.context));
      return undefined;
    }
    if (picks.size >= PLAN_LIMITS.modules) {
      this.steps = -1;
      return undefined;
    }
    const more = new Map(picks).set(option.module.name, choice);
    const chain = [...next.chain, say(option)];
    const needed = [...option.release.dependencies]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, range }) => ({
        name,
        range,
        chain,
        from: option.module.name,
      }));
    return this.solve([...rest, ...needed], more);
  }

  private withoutCycle(picks: Picks): Picks | undefined {
    const cycle = findCycle(needsOf(picks));
    if (!cycle) return picks;
    this.fail(picks, cycleDeadEnd(cycle, picks, this.context));
    return undefined;
  }

  /** What goes round by something provided may go straight by another module that provides it. */
  private byOthers(picks: Picks): Picks | undefined {
    for (const { module, release, chain } of picks.values()) {
      const provided = release.dependencies.filter(({ name, range }) => {
        const own = picks.get(name);
        return !own || !inRange(own.release.version, range);
      });
      for (const { name, range } of provided) {
        const from = module.name;
        const asked = [...chain, say({ module, release })];
        const next = { name, range, chain: asked, from };
        for (const option of this.options(next, picks)) {
          if (--this.steps < 0) return undefined;
          const found = this.take(option, { next, rest: [], picks });
          if (found) return found;
        }
      }
    }
    return undefined;
  }

  private isMet(requirement: Requirement, picks: Picks): boolean {
    if (whoMeets(requirement, picks)) return true;
    return requirement.from !== undefined && this.meetsFromCluster(requirement);
  }

  /** What runs once per cluster meets what tenants need of it. A release that is not known is taken on trust. */
  private meetsFromCluster({ name, range }: Requirement): boolean {
    const { cluster, catalogue } = this.context;
    for (const [running, version] of cluster.running) {
      if (running === name) {
        if (version === undefined || inRange(version, range)) return true;
      }
      const releases = catalogue.modules.get(running)?.releases ?? [];
      const likely =
        releases.find(release => release.version === version) ?? releases[0];
      if (likely && providesInRange(likely, name, range)) return true;
    }
    return false;
  }

  /** What could meet a requirement, best first. What cannot is noted as a dead end. */
  private options(next: Requirement, picks: Picks): readonly Option[] {
    const { catalogue } = this.context;
    const own = catalogue.modules.get(next.name);
    const others = next.from === undefined ? [] : this.providers(next);
    if (!own && others.length === 0) {
      this.fail(picks, missingDeadEnd(next, this.context));
      return [];
    }
    const picked = own && picks.get(own.name);
    if (picked) {
      this.fail(picks, otherChoiceDeadEnd(next, picked, this.context));
    }
    const fromOwn = own && !picked ? this.ownOptions(own, next, picks) : [];
    const fromOthers = others.flatMap(module =>
      this.providerOptions(module, next, picks),
    );
    return [...fromOwn, ...fromOthers];
  }

  private ownOptions(
    module: CatalogueModule,
    next: Requirement,
    picks: Picks,
  ): readonly Option[] {
    const inside = this.releases(module).filter(({ version }) =>
      inRange(version, next.range),
    );
    if (inside.length === 0 && module.scope === 'tenant') {
      this.fail(picks, rangeDeadEnd(next, module, this.context));
      return [];
    }
    const releases = inside.length > 0 ? inside : module.releases.slice(0, 1);
    return this.allowed(
      releases.map(release => ({ module, release })),
      next,
      picks,
    );
  }

  /** A provider that is chosen already would have met it. */
  private providerOptions(
    module: CatalogueModule,
    next: Requirement,
    picks: Picks,
  ): readonly Option[] {
    const picked = picks.get(module.name);
    if (picked) {
      this.fail(picks, otherChoiceDeadEnd(next, picked, this.context));
      return [];
    }
    const options = this.releases(module)
      .filter(release => providesInRange(release, next.name, next.range))
      .map(release => ({ module, release }));
    if (options.length === 0) {
      this.fail(picks, providedDeadEnd(next, module, this.context));
    }
    return this.allowed(options, next, picks);
  }

  private allowed(
    options: readonly Option[],
    next: Requirement,
    picks: Picks,
  ): readonly Option[] {
    return options.filter(option => {
      const reason = explainNotAllowed(option, this.context);
      if (reason) this.fail(picks, notAllowedDeadEnd(option, reason, next));
      return !reason;
    });
  }

  private releases(module: CatalogueModule): readonly CatalogueRelease[] {
    return byPreference(module, this.context.recorded[module.name]?.version);
  }

  /** Modules that provide what is required under another name: those the environment has first, deprecated ones last. */
  private providers({ name, from }: Requirement): readonly CatalogueModule[] {
    const { catalogue, recorded } = this.context;
    const rank = ({ name: own, lifecycle }: CatalogueModule) => {
      if (Object.hasOwn(recorded, own)) return 0;
      return { production: 1, experimental: 2, deprecated: 3 }[lifecycle];
    };
    return [...catalogue.modules.values()]
      .filter(
        module =>
          module.name !== name &&
          module.name !== from &&
          module.releases.some(({ provides }) =>
            provides.some(said => said.split('@')[0] === name),
          ),
      )
      .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  }

  /** Keeps the dead end with the most choices made before it, of equals the first: the one on the way most wanted. */
  private fail(picks: Picks, why: DeadEnd): void {
    if (this.furthest && this.furthest.depth >= picks.size) return;
    this.furthest = { depth: picks.size, why };
  }
}

/**
 * Chooses a release for everything required: depth first, each requirement’s releases in the order of preference, going back
 * where a choice leads nowhere. It finds a choice whenever there is one, unless `steps` run out.
 */
export function searchReleases(
  requirements: readonly Requirement[],
  context: ResolveContext,
  steps: number = PLAN_LIMITS.resolutionSteps,
): SearchResult {
  const search = new Search(context, steps);
  const picks = search.solve(requirements, new Map());
  if (picks) return { kind: 'found', picks };
  const { why } = search;
  return search.isExhausted || !why
    ? { kind: 'given-up', why }
    : { kind: 'none', why };
}
