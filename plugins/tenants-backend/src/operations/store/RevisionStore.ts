// SPDX-License-Identifier: Apache-2.0
import { ConflictError } from '@backstage/errors';
import {
  revisionSchema,
  type Revision,
} from '@tenantry/backstage-plugin-tenants-common';
import type { Knex } from 'knex';
import type { RevisionReader } from '../../records/RecordReader';
import type { DatabaseTime } from './DatabaseTime';
import { toIso } from './OperationRow';

/** Revisions of one environment that are kept. */
export const REVISIONS_KEPT = 50;

/** A revision before it has its time; which one is current follows from the numbers. */
export type NewRevision = Omit<Revision, 'at' | 'current'> & {
  readonly tenant: string;
};

type RevisionRow = {
  tenant: string;
  environment: string;
  revision: number;
  at: number | string;
  by: string;
  operation: string;
  title: string;
  spec: string;
  releases: string;
};

type RevisionStoreOptions = {
  readonly knex: Knex;
  readonly time: DatabaseTime;
};

/** What environments were after each operation. A revision that is written is never changed. */
export class RevisionStore implements RevisionReader {
  constructor(private readonly options: RevisionStoreOptions) {}

  /**
   * Keeps a revision, and forgets the environment’s oldest beyond 50. The same one again, from the same operation, changes nothing.
   *
   * @throws ConflictError when another operation has written this number
   */
  async add(revision: NewRevision): Promise<void> {
    const { tenant, environment, revision: number, operation } = revision;
    const place = { tenant, environment, revision: number };
    await this.rows()
      .insert(this.toRow(revision))
      .onConflict(['tenant', 'environment', 'revision'])
      .ignore();
    const kept = await this.rows().where(place).first();
    if (kept?.operation !== operation) {
      throw new ConflictError(
        `Revision ${number} of ${tenant}/${environment} was written by another operation, ${kept?.operation}.`,
      );
    }
    await this.rows()
      .where({ tenant, environment })
      .where('revision', '<=', number - REVISIONS_KEPT)
      .delete();
  }

  async get(
    tenant: string,
    environment: string,
    revision: number,
  ): Promise<Revision | undefined> {
    const all = await this.list(tenant);
    return all.find(
      one => one.environment === environment && one.revision === revision,
    );
  }

  async list(tenant: string): Promise<readonly Revision[]> {
    const rows: RevisionRow[] = await this.rows()
      .where({ tenant })
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'environment' },
        { column: 'revision', order: 'desc' },
      ]);
    const newest = new Map<string, number>();
    for (const { environment, revision } of rows) {
      const known = newest.get(environment) ?? 0;
      newest.set(environment, Math.max(known, revision));
    }
    return rows.map(row =>
      toRevision(row, newest.get(row.environment) === row.revision),
    );
  }

  private rows(): Knex.QueryBuilder<RevisionRow, RevisionRow[]> {
    return this.options.knex<RevisionRow>('operation_revisions');
  }

  private toRow({ spec, releases, ...rest }: NewRevision) {
    const { knex, time } = this.options;
    const { tenant, environment, revision, by, operation, title } = rest;
    return {
      tenant,
      environment,
      revision,
      by,
      operation,
      title: title.slice(0, 300),
      at: knex.raw(time.now()),
      spec: JSON.stringify(spec),
      releases: JSON.stringify(releases),
    };
  }
}

function toRevision(row: RevisionRow, current: boolean): Revision {
  const { environment, revision, by, operation, title } = row;
  return revisionSchema.parse({
    environment,
    revision,
    at: toIso(row.at),
    by,
    operation,
    title,
    spec: JSON.parse(row.spec),
    releases: JSON.parse(row.releases),
    current,
  });
}
