// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import type {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import type {
  Freshness,
  TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import { TENANTS_CHANGED_TOPIC } from '@tenantry/backstage-plugin-tenants-node';
import {
  fingerprintOf,
  type Mutation,
  planMutation,
  type WantedTenant,
  type Written,
} from './planMutation';
import { type TenantEntityOptions, toTenantEntity } from './toTenantEntity';

/** Where the provider reads tenants from. */
export interface TenantSource {
  /** All tenants, how fresh each configured cluster is, and which modules have a definition. */
  read(): Promise<{
    readonly modules: ReadonlySet<string>;
    readonly tenants: readonly TenantRow[];
    readonly clusters: readonly {
      readonly name: string;
      readonly freshness: Freshness;
    }[];
  }>;
}

type Options = {
  readonly source: TenantSource;
  readonly taskRunner: SchedulerServiceTaskRunner;
  readonly events: EventsService;
  readonly logger: LoggerService;
  readonly entities: Omit<TenantEntityOptions, 'modules'>;
};

const PROVIDER_NAME = 'tenants';

function toWanted(row: TenantRow, options: TenantEntityOptions): WantedTenant {
  const clusters = [...new Set(row.environments.map(e => e.cluster))].sort();
  return {
    name: row.name,
    entity: toTenantEntity(row, options),
    clusters,
  };
}

function isListed(row: TenantRow): boolean {
  return row.environments.some(({ state }) => state !== 'Retained');
}

function toDeferred({ entity }: WantedTenant): DeferredEntity {
  return { entity, locationKey: PROVIDER_NAME };
}

function toRemoved(name: string) {
  return {
    entityRef: `resource:default/${name}`,
    locationKey: PROVIDER_NAME,
  };
}

/**
 * Keeps one entity per tenant in the catalogue. It reads everything at each refresh and writes the difference
 * to what it wrote before; an event only brings the next refresh forward.
 *
 * At most one refresh runs and one waits, however many events arrive.
 */
export class TenantEntityProvider implements EntityProvider {
  private connection: EntityProviderConnection | undefined;
  private written: Written = { isComplete: false, tenants: new Map() };
  private running: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;

  constructor(private readonly options: Options) {}

  getProviderName(): string {
    return PROVIDER_NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
    const { taskRunner, events } = this.options;
    await taskRunner.run({
      id: 'tenants-catalog-refresh',
      fn: () => this.refresh(),
    });
    await events.subscribe({
      id: 'tenants-catalog',
      topics: [TENANTS_CHANGED_TOPIC],
      onEvent: () => this.refresh(),
    });
  }

  /** Resolves when a refresh that began after this call is done. */
  refresh(): Promise<void> {
    if (!this.running) {
      this.running = this.readAndWrite().finally(() => {
        this.running = undefined;
      });
      return this.running;
    }
    this.waiting ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.waiting = undefined;
        return this.refresh();
      });
    return this.waiting;
  }

  private async readAndWrite(): Promise<void> {
    const { source, entities, logger } = this.options;
    const { tenants, clusters, modules } = await source.read();
    const wanted = tenants
      .filter(isListed)
      .map(row => toWanted(row, { ...entities, modules }));
    const freshness = new Map(clusters.map(c => [c.name, c.freshness]));
    const mutation = planMutation(wanted, freshness, this.written);
    if (mutation.type === 'none') return;
    await this.write(mutation);
    this.written = this.remember(mutation);
    logger.debug('Tenants written to the catalogue', { type: mutation.type });
  }

  private async write(mutation: Exclude<Mutation, { type: 'none' }>) {
    if (!this.connection) throw new Error('The provider is not connected.');
    if (mutation.type === 'full') {
      await this.connection.applyMutation({
        type: 'full',
        entities: mutation.wanted.map(toDeferred),
      });
      return;
    }
    await this.connection.applyMutation({
      type: 'delta',
      added: mutation.changed.map(toDeferred),
      removed: mutation.removed.map(toRemoved),
    });
  }

  /** What was neither written nor removed now is still in the catalogue as it was. */
  private remember(mutation: Exclude<Mutation, { type: 'none' }>): Written {
    const isFull = mutation.type === 'full';
    const tenants = new Map(isFull ? [] : this.written.tenants);
    if (!isFull) mutation.removed.forEach(name => tenants.delete(name));
    for (const tenant of isFull ? mutation.wanted : mutation.changed) {
      tenants.set(tenant.name, {
        fingerprint: fingerprintOf(tenant),
        clusters: tenant.clusters,
      });
    }
    return { isComplete: isFull || this.written.isComplete, tenants };
  }
}
