// SPDX-License-Identifier: Apache-2.0
import {
  createMergePatch,
  type TenantRow,
} from '@tenantry/backstage-plugin-tenants-common';
import type { TenantFacts } from '@tenantry/backstage-plugin-tenants-node';
import { canonicalJson } from './contentVersion';
import type { TenantSnapshot } from './TenantSnapshot';

/** What a list shows of a change. Holds no whole tenant, so that many can be kept. */
export type RowChange = {
  /** Position among all changes of this process. */
  readonly sequence: number;
  readonly name: string;
  /** What it was judged by before; `undefined` when it appeared. */
  readonly before: TenantFacts | undefined;
  /** What it is judged by now; `undefined` when it went. */
  readonly after: TenantFacts | undefined;
  /** Whether it may change who sees the tenant, or which clusters a reader has to do with. */
  readonly changesSight: boolean;
  /** JSON of the merge patch between the rows, made once; only for a change that has both. */
  readonly patchJson: () => string;
  /** JSON of the new row. */
  readonly rowJson: () => string;
};

/**
 * One tenant went from one version to the next, appeared, or went.
 * Its patch is made at most once, when the first reader asks, and shared by all readers.
 */
export type TenantChange = {
  readonly sequence: number;
  readonly name: string;
  readonly from: TenantSnapshot | undefined;
  readonly to: TenantSnapshot | undefined;
  readonly row: RowChange;
  /** JSON of the merge patch between the tenants; only for a change that has both. */
  readonly patchJson: () => string;
};

/** The two sides of a change, of which at least one is there. */
type Sides = Pick<TenantChange, 'from' | 'to'>;

/** Describes a change between two versions of a tenant. */
export function createTenantChange(
  sequence: number,
  { from, to }: Sides,
): TenantChange {
  const name = (to ?? from)?.tenant.name ?? '';
  return {
    sequence,
    name,
    from,
    to,
    patchJson: once(() => patchJson(from?.tenant, to?.tenant)),
    row: {
      sequence,
      name,
      before: from?.facts,
      after: to?.facts,
      changesSight: canonicalJson(from?.facts) !== canonicalJson(to?.facts),
      ...rowTexts(from?.row, to?.row),
    },
  };
}

/** Takes rows, not snapshots, so that what is kept does not hold whole tenants alive. */
function rowTexts(from: TenantRow | undefined, to: TenantRow | undefined) {
  return {
    patchJson: once(() => patchJson(from, to)),
    rowJson: once(() => JSON.stringify(to)),
  };
}

function patchJson(from: unknown, to: unknown): string {
  return JSON.stringify(createMergePatch(from, to) ?? {});
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}
