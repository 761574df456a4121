// SPDX-License-Identifier: Apache-2.0
import type {
  ModuleDetail,
  ModuleInstance,
  ModuleSummary,
  Release,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  CatalogueModule,
  CatalogueRelease,
  ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import semver from 'semver';
import { countBehind, countHealth, countTenants } from './moduleInstances';

/** A module in the list, with counts over the given instances of it. */
export function toModuleSummary(
  module: CatalogueModule,
  instances: readonly ModuleInstance[],
): ModuleSummary {
  const { releases, runbook: _runbook, links, ...rest } = module;
  const release = defaultRelease(module);
  return {
    ...rest,
    links: [...links],
    defaultRelease: release.version,
    releaseCount: releases.length,
    requires: release.dependencies.map(({ name }) => name),
    tenants: countTenants(instances),
    behind: countBehind(instances, release.version),
    health: countHealth(instances),
  };
}

/** A module by itself, with counts over the given instances of it. */
export function toModuleDetail(
  module: CatalogueModule,
  catalogue: ModuleCatalogue,
  instances: readonly ModuleInstance[],
): ModuleDetail {
  return {
    ...module,
    links: [...module.links],
    releases: module.releases.map(toRelease),
    usedBy: usedBy(module, catalogue),
    tenants: countTenants(instances),
    health: countHealth(instances),
  };
}

/** The highest release that is not a preview; a preview when there is nothing else. */
function defaultRelease({ releases }: CatalogueModule): CatalogueRelease {
  const final = releases.find(({ version }) => !semver.prerelease(version));
  return final ?? releases[0];
}

/** What a release delivers is told by the plan, not by the catalogue. */
function toRelease({ content: _, ...release }: CatalogueRelease): Release {
  return release;
}

const RELATIONS = {
  dependencies: 'requires',
  recommends: 'recommends',
  conflicts: 'conflicts',
} as const;
const KEYS = ['dependencies', 'recommends', 'conflicts'] as const;

/** Which releases name the module, or something that it provides. */
function usedBy(
  module: CatalogueModule,
  { modules }: ModuleCatalogue,
): ModuleDetail['usedBy'] {
  const provided = module.releases.flatMap(({ provides }) =>
    provides.map(said => said.split('@', 1)[0]),
  );
  const names = new Set([module.name, ...provided]);
  return [...modules.values()]
    .filter(({ name }) => name !== module.name)
    .flatMap(({ name, releases }) =>
      releases.flatMap(release =>
        KEYS.flatMap(key =>
          release[key]
            .filter(need => names.has(need.name))
            .map(({ range }) => ({
              module: name,
              release: release.version,
              relation: RELATIONS[key],
              range,
            })),
        ),
      ),
    );
}
