// SPDX-License-Identifier: Apache-2.0
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import {
  tenantReadPermission,
  type ModuleInstance,
} from '@tenantry/backstage-plugin-tenants-common';
import type {
  CatalogueModule,
  ModuleCatalogue,
} from '@tenantry/backstage-plugin-tenants-node/definitions';
import type { Access } from '../access/Access';
import type { Caller } from '../access/Caller';
import {
  compareInstances,
  moduleInstances,
  toModuleDetail,
  toModuleSummary,
  type ModuleDefinitions,
} from '../modules/definitions';
import { contentVersion } from '../snapshots/contentVersion';
import { SnapshotBody } from '../snapshots/SnapshotBody';
import type { TenantSnapshots } from '../snapshots/TenantSnapshots';
import type { CheckedExchange, RouteGuard } from './RouteGuard';
import { sendBody } from './sendBody';

type ModuleRoutesOptions = {
  readonly guard: RouteGuard;
  readonly access: Pick<Access, 'decide'>;
  readonly snapshots: Pick<TenantSnapshots, 'all'>;
  readonly definitions: Pick<ModuleDefinitions, 'current' | 'status'>;
  /** Names of the clusters where environments can be made. */
  readonly clusterNames: () => readonly string[];
};

/** The module catalogue: what may run, and who of the caller’s tenants runs what. */
export function moduleRoutes(options: ModuleRoutesOptions) {
  const { guard, definitions, clusterNames } = options;
  const catalogue = () => definitions.current();
  const instancesFor = (caller: Caller) => visibleInstances(options, caller);
  return {
    listModules: guard.plain('listModules', async exchange => {
      const instances = await instancesFor(exchange.caller);
      const list = {
        version: catalogue()?.version ?? 'none',
        categories: [...(catalogue()?.categories.values() ?? [])],
        items: [...(catalogue()?.modules.values() ?? [])].map(module =>
          toModuleSummary(module, instances.get(module.name) ?? []),
        ),
      };
      const status = definitions.status();
      // That a source was looked at again is no change.
      const timeless = status.map(({ checkedAt: _, ...rest }) => rest);
      const version = contentVersion({ ...list, status: timeless });
      await send(exchange, { ...list, status }, version);
    }),

    getModule: guard.plain('getModule', async exchange => {
      const loaded = requireLoaded(catalogue());
      const module = findModule(loaded, exchange);
      const instances = await instancesFor(exchange.caller);
      const own = instances.get(module.name) ?? [];
      await send(exchange, toModuleDetail(module, loaded, own));
    }),

    listModuleInstances: guard.plain('listModuleInstances', async exchange => {
      const module = findModule(requireLoaded(catalogue()), exchange);
      const instances = await instancesFor(exchange.caller);
      const items = [...(instances.get(module.name) ?? [])];
      await send(exchange, { items: items.sort(compareInstances) });
    }),

    listTiers: guard.plain('listTiers', async exchange => {
      const items = [...(catalogue()?.tiers.values() ?? [])];
      await send(exchange, { items, clusters: [...clusterNames()].sort() });
    }),

    listCategories: guard.plain('listCategories', async exchange => {
      const items = [...(catalogue()?.categories.values() ?? [])];
      await send(exchange, { items });
    }),
  };
}

type Instances = ReadonlyMap<string, readonly ModuleInstance[]>;

/** Only tenants the caller may see count, here and in every number made of them. */
async function visibleInstances(
  { access, snapshots }: ModuleRoutesOptions,
  caller: Caller,
): Promise<Instances> {
  const decision = await access.decide(caller, tenantReadPermission);
  if (decision.deniesAll) return new Map();
  const visible = [...snapshots.all()].filter(({ facts }) =>
    decision.allows(facts),
  );
  return moduleInstances(visible.map(({ tenant }) => tenant));
}

function requireLoaded(catalogue: ModuleCatalogue | undefined) {
  if (catalogue) return catalogue;
  throw new ServiceUnavailableError(
    'The module definitions have not been read yet. Try again in a moment.',
  );
}

function findModule(
  { modules }: ModuleCatalogue,
  { req }: CheckedExchange,
): CatalogueModule {
  const name = req.params.module;
  const module = modules.get(name);
  if (module) return module;
  throw new NotFoundError(
    `There is no module ${JSON.stringify(name.slice(0, 80))}.`,
  );
}

function send(
  exchange: CheckedExchange,
  value: object,
  version = contentVersion(value),
): Promise<void> {
  const body = new SnapshotBody(`"${version}"`, () => JSON.stringify(value));
  return sendBody(exchange, body);
}
