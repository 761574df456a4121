// SPDX-License-Identifier: Apache-2.0
import type {
  CatalogueModule,
  CatalogueRelease,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { DeadEnd } from './DeadEnd';
import type { explainNotAllowed } from './explainNotAllowed';
import type { Conflict } from './findConflict';
import { withoutStop } from './withoutStop';
import { didYouMean, nearestName } from './nearestName';
import {
  say,
  type Choice,
  type Picks,
  type Requirement,
  type ResolveContext,
} from './ResolveContext';

type Changes = DeadEnd['candidates'];

/** The module that was asked for and led to something. */
export function askedFor(chain: readonly string[], subject: string): string {
  return (chain[0] ?? subject).split(' ')[0];
}

/** `demo 1.0.0 needs`, or nothing for what was asked for itself. */
function needs({ chain, from }: Requirement): string {
  return from === undefined ? '' : `${chain.at(-1)} needs `;
}

function remove(module: string, { environment }: ResolveContext): Changes {
  return [{ type: 'remove-module', environment, module }];
}

/** Nothing has that name. */
export function missingDeadEnd(
  next: Requirement,
  context: ResolveContext,
): DeadEnd {
  const { environment, catalogue } = context;
  const near = nearestName(next.name, catalogue.modules.keys());
  const asked = askedFor(next.chain, next.name);
  const hint = didYouMean(next.name, catalogue.modules.keys());
  if (next.from === undefined) {
    return {
      rule: 'unknown-module',
      subject: next.name,
      message: `There is no module ${next.name}.${hint}`,
      chain: [next.name],
      advice: [],
      candidates: [
        ...(near === undefined
          ? []
          : [{ type: 'add-module' as const, environment, module: near }]),
        ...remove(next.name, context),
      ],
    };
  }
  return {
    rule: 'dependency-missing',
    subject: next.name,
    message: `${needs(next)}${
      next.name
    }, which no module is or provides.${hint}`,
    chain: [...next.chain, next.name],
    advice: [
      { label: `Ask who maintains ${next.from} to correct its dependencies.` },
    ],
    candidates: remove(asked, context),
  };
}

/** No release is in the range. */
export function rangeDeadEnd(
  next: Requirement,
  module: CatalogueModule,
  context: ResolveContext,
): DeadEnd {
  const there = module.releases.slice(0, 5).map(({ version }) => version);
  const more = module.releases.length > there.length ? ', …' : '';
  const { environment } = context;
  const asked = askedFor(next.chain, module.name);
  const message = `${needs(next)}${module.name} ${next.range}; there ${
    there.length === 1 ? 'is' : 'are'
  } ${there.join(', ')}${more}.`;
  if (next.from !== undefined) {
    return {
      rule: 'dependency-range',
      subject: module.name,
      message,
      chain: [...next.chain, `${module.name} ${next.range}`],
      advice: [
        {
          label: `Ask who maintains ${next.from} or ${module.name} to bring the two together.`,
        },
      ],
      candidates: remove(asked, context),
    };
  }
  return {
    rule: 'unknown-release',
    subject: module.name,
    message: `No release of ${module.name} is ${next.range}; there ${
      there.length === 1 ? 'is' : 'are'
    } ${there.join(', ')}${more}.`,
    chain: [`${module.name} ${next.range}`],
    advice: [],
    candidates: there.map(version => ({
      type: 'set-version' as const,
      environment,
      module: module.name,
      version,
    })),
  };
}

/** A module provides it, but in no version that does. */
export function providedDeadEnd(
  next: Requirement,
  module: CatalogueModule,
  context: ResolveContext,
): DeadEnd {
  const provided = module.releases
    .flatMap(({ provides }) => provides)
    .filter(said => said.split('@')[0] === next.name);
  return {
    rule: 'dependency-range',
    subject: next.name,
    message: `${needs(next)}${next.name} ${next.range}; ${
      module.name
    } provides ${[...new Set(provided)].slice(0, 5).join(', ')}.`,
    chain: [...next.chain, `${next.name} ${next.range}`],
    advice: [],
    candidates: remove(askedFor(next.chain, next.name), context),
  };
}

/** The module is chosen already, at a release that does not do. */
export function otherChoiceDeadEnd(
  next: Requirement,
  picked: Choice,
  context: ResolveContext,
): DeadEnd {
  const name = picked.module.name;
  const because =
    picked.chain.length > 0
      ? `because ${picked.chain.at(-1)} needs it`
      : 'because it was asked for';
  return {
    rule: 'dependency-range',
    subject: name,
    message: `${needs(next)}${next.name} ${next.range}; ${say(
      picked,
    )} was chosen ${because}.`,
    chain: [...next.chain, `${next.name} ${next.range}`],
    advice: [],
    candidates: [
      ...remove(askedFor(next.chain, name), context),
      ...remove(askedFor(picked.chain, name), context),
    ],
  };
}

/** A release may not be used here. */
export function notAllowedDeadEnd(
  option: {
    readonly module: CatalogueModule;
    readonly release: CatalogueRelease;
  },
  reason: NonNullable<ReturnType<typeof explainNotAllowed>>,
  next: Requirement,
): DeadEnd {
  return {
    ...reason,
    subject: option.module.name,
    message: `${next.from === undefined ? '' : `${needs(next)}${next.name}. `}${
      reason.message
    }`,
    chain: [...next.chain, say(option)],
  };
}

/** Two exclude each other. */
export function conflictDeadEnd(
  choice: Choice,
  clash: Conflict,
  context: ResolveContext,
): DeadEnd {
  const { name } = choice.module;
  const because =
    clash.reason === undefined ? '' : `: ${withoutStop(clash.reason)}`;
  const peer = clash.pick;
  const chosen =
    peer && peer.chain.length > 0 ? ` (needed by ${peer.chain.at(-1)})` : '';
  return {
    rule: 'conflict',
    subject: name,
    message: `${say(choice)} and ${
      clash.with
    }${chosen} exclude each other${because}.`,
    chain: [...choice.chain, say(choice)],
    advice: [],
    candidates: [
      ...remove(askedFor(choice.chain, name), context),
      ...(peer ? remove(askedFor(peer.chain, peer.module.name), context) : []),
    ],
  };
}

/** Modules need each other in a circle. */
export function cycleDeadEnd(
  cycle: readonly string[],
  picks: Picks,
  context: ResolveContext,
): DeadEnd {
  const first = picks.get(cycle[0]);
  const chain = first?.chain ?? [];
  return {
    rule: 'dependency-cycle',
    subject: cycle[0],
    message: `${cycle.join(' needs ')}: none of them can be first.`,
    chain: [
      ...chain,
      ...cycle.map(name => {
        const pick = picks.get(name);
        return pick ? say(pick) : name;
      }),
    ],
    advice: [
      {
        label: `Ask who maintains ${cycle
          .slice(0, -1)
          .join(' and ')} to take one dependency out.`,
      },
    ],
    candidates: remove(askedFor(chain, cycle[0]), context),
  };
}
