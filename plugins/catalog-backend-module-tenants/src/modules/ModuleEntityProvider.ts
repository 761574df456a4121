// SPDX-License-Identifier: Apache-2.0
import type {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';

const PROVIDER_NAME = 'tenants-modules';

type Options = {
  /** The entities of every module definition; `undefined` while no definitions are loaded. */
  readonly readModules: () => Promise<readonly Entity[] | undefined>;
  /** Templates: the same for as long as the process runs. */
  readonly templates: readonly Entity[];
  readonly taskRunner: SchedulerServiceTaskRunner;
  readonly logger: LoggerService;
};

/**
 * Keeps an entity per module definition, and the templates, in the catalogue. Everything is replaced at once, and only when
 * something differs from what was written last; while the definitions are not loaded only the templates are written, added to
 * what is there.
 */
export class ModuleEntityProvider implements EntityProvider {
  private connection: EntityProviderConnection | undefined;
  private written: string | undefined;

  constructor(private readonly options: Options) {}

  getProviderName(): string {
    return PROVIDER_NAME;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.connection = connection;
    await this.options.taskRunner.run({
      id: 'tenants-modules-catalog-refresh',
      fn: () => this.refresh(),
    });
  }

  /** Resolves when the catalogue has what the definitions say now. */
  async refresh(): Promise<void> {
    const { readModules, templates, logger } = this.options;
    if (!this.connection) throw new Error('The provider is not connected.');
    const modules = await readModules();
    const entities = [...(modules ?? []), ...templates];
    const fingerprint = JSON.stringify([modules !== undefined, entities]);
    if (fingerprint === this.written) return;
    const deferred = entities.map(entity => ({
      entity,
      locationKey: PROVIDER_NAME,
    }));
    await this.connection.applyMutation(
      modules
        ? { type: 'full', entities: deferred }
        : { type: 'delta', added: deferred, removed: [] },
    );
    this.written = fingerprint;
    logger.debug('Modules written to the catalogue');
  }
}
