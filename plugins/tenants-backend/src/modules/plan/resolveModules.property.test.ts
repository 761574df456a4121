// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import type { CatalogueModule } from '@tenantry/backstage-plugin-tenants-node/definitions';
import { catalogue, moduleOf, release } from '../testing/catalogueBuilders';
import { findCycle, needsOf, whoMeets } from './orderByWave';
import { inRange, providesInRange } from './ranges';
import type { Choice, Picks, ResolveContext } from './ResolveContext';
import { searchReleases, toRequirements } from './searchReleases';

const NAMES = ['a', 'b', 'c', 'd'];
const VERSIONS = ['3.0.0', '2.0.0', '1.0.0'];
const range = fc.constantFrom('*', '^1', '^2', '>=2', '3.0.0');
const link = fc.record({
  name: fc.constantFrom(...NAMES, 'sql'),
  range,
});
const links = (max: number) => fc.array(link, { maxLength: max });

const arbitraryModule = (name: string): fc.Arbitrary<CatalogueModule> =>
  fc
    .subarray(VERSIONS, { minLength: 1 })
    .chain(versions =>
      fc.tuple(
        ...versions.map(version =>
          fc
            .record({
              dependencies: links(2),
              conflicts: links(1),
              provides: fc.subarray(['sql', 'sql@2.0.0']),
            })
            .map(more => release(version, more)),
        ),
      ),
    )
    .map(releases => moduleOf(name, releases));

const arbitraryCatalogue = fc.tuple(...NAMES.map(arbitraryModule));
const arbitraryWanted = fc
  .subarray(NAMES, { minLength: 1 })
  .chain(names =>
    fc.tuple(
      ...names.map(name =>
        fc.record({ name: fc.constant(name), version: range }),
      ),
    ),
  );

function contextOf(modules: readonly CatalogueModule[]): ResolveContext {
  return {
    environment: 'dev',
    tier: 'standard',
    catalogue: catalogue(modules),
    cluster: { name: 'one', running: new Map() },
    recorded: {},
  };
}

type Wanted = readonly { readonly name: string; readonly version: string }[];

/** Everything that makes a set of releases one that may run, said as plainly as can be. */
function isSound(picks: Picks, wanted: Wanted): boolean {
  const all = [...picks.values()];
  const asked = wanted.every(({ name, version }) => {
    const pick = picks.get(name);
    return pick !== undefined && inRange(pick.release.version, version);
  });
  const met = all.every(({ module, release: own }) =>
    own.dependencies.every(dependency =>
      whoMeets({ ...dependency, from: module.name }, picks),
    ),
  );
  const clash = all.some(({ module, release: own }) =>
    own.conflicts.some(conflict =>
      all.some(
        other =>
          other.module.name !== module.name &&
          ((other.module.name === conflict.name &&
            inRange(other.release.version, conflict.range)) ||
            providesInRange(other.release, conflict.name, conflict.range)),
      ),
    ),
  );
  return asked && met && !clash && !findCycle(needsOf(picks));
}

/** Every set of releases there is. */
function* everySet(modules: readonly CatalogueModule[]): Generator<Picks> {
  const [first, ...rest] = modules;
  if (!first) {
    yield new Map();
    return;
  }
  for (const picks of everySet(rest)) {
    yield picks;
    for (const one of first.releases) {
      const choice: Choice = { module: first, release: one, chain: [] };
      yield new Map(picks).set(first.name, choice);
    }
  }
}

describe('searchReleases', () => {
  it('finds a set exactly when there is one, and what it finds may run', () => {
    fc.assert(
      fc.property(arbitraryCatalogue, arbitraryWanted, (modules, wanted) => {
        const result = searchReleases(
          toRequirements(wanted),
          contextOf(modules),
        );
        const exists = [...everySet(modules)].some(p => isSound(p, wanted));
        expect(result.kind).toBe(exists ? 'found' : 'none');
        const found = result.kind === 'found' ? [result.picks] : [];
        expect(found.every(picks => isSound(picks, wanted))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the same whatever the order of what it is given', () => {
    fc.assert(
      fc.property(arbitraryCatalogue, arbitraryWanted, (modules, wanted) => {
        const one = searchReleases(toRequirements(wanted), contextOf(modules));
        const other = searchReleases(
          toRequirements([...wanted].reverse()),
          contextOf([...modules].reverse()),
        );
        expect(told(other)).toEqual(told(one));
      }),
      { numRuns: 200 },
    );
  });
});

function told(result: ReturnType<typeof searchReleases>) {
  return result.kind === 'found'
    ? [...result.picks.values()]
        .map(pick => `${pick.module.name} ${pick.release.version}`)
        .sort()
    : result;
}
