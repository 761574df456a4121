// SPDX-License-Identifier: Apache-2.0
import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Clock } from '../../time/Clock';
import { IdentityIndex } from './IdentityIndex';
import type { IdentityRules } from './IdentityRule';

/** Named limits of the directory. */
export const IDENTITY_LIMITS = {
  refreshMs: 300_000,
  retryMs: 15_000,
  pageSize: 500,
  entities: 100_000,
} as const;

type IdentityDirectoryOptions = {
  readonly catalog: Pick<CatalogService, 'queryEntities'>;
  readonly auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  readonly rulesOf: (cluster: string) => IdentityRules;
  readonly clock: Pick<Clock, 'after'>;
  readonly onFailure: (error: unknown) => void;
};

const FIELDS = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.annotations',
  'spec.profile.email',
];

/** The catalogue’s users and groups, read every five minutes. Until the first reading nobody matches. */
export class IdentityDirectory {
  private entities: readonly Entity[] = [];
  private readonly indexes = new Map<IdentityRules, IdentityIndex>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: IdentityDirectoryOptions) {}

  /** Reads again and again until the signal aborts. */
  start(signal: AbortSignal): void {
    let cancel = () => {};
    const readAndWait = async (): Promise<void> => {
      const delayMs = await this.refreshOrReport();
      if (signal.aborted) return;
      cancel = this.options.clock.after(delayMs, () => void readAndWait());
    };
    signal.addEventListener('abort', () => cancel());
    void readAndWait();
  }

  /** Reads the catalogue once. @throws when it cannot be read; what was known stays */
  async refresh(): Promise<void> {
    const before = JSON.stringify(this.entities);
    this.entities = await this.readAll();
    this.indexes.clear();
    if (JSON.stringify(this.entities) === before) return;
    for (const listener of this.listeners) listener();
  }

  /** Who is who in a cluster. */
  on(cluster: string): IdentityIndex {
    const rules = this.options.rulesOf(cluster);
    const index =
      this.indexes.get(rules) ?? new IdentityIndex(this.entities, rules);
    this.indexes.set(rules, index);
    return index;
  }

  /** Calls back when somebody came, left or changed. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Returns when to read again. */
  private async refreshOrReport(): Promise<number> {
    try {
      await this.refresh();
      return IDENTITY_LIMITS.refreshMs;
    } catch (error) {
      this.options.onFailure(error);
      return IDENTITY_LIMITS.retryMs;
    }
  }

  private async readAll(): Promise<Entity[]> {
    const { catalog, auth } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const entities: Entity[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalog.queryEntities(
        cursor === undefined
          ? {
              filter: { kind: ['user', 'group'] },
              fields: FIELDS,
              limit: IDENTITY_LIMITS.pageSize,
            }
          : { cursor, limit: IDENTITY_LIMITS.pageSize },
        { credentials },
      );
      entities.push(...page.items);
      cursor = page.pageInfo.nextCursor;
    } while (
      cursor !== undefined &&
      entities.length < IDENTITY_LIMITS.entities
    );
    return entities;
  }
}
