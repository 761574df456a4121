// SPDX-License-Identifier: Apache-2.0
import type { TenantListQuery } from '@tenantry/backstage-plugin-tenants-common';
import type { TenantPredicate } from '@tenantry/backstage-plugin-tenants-node';
import { canonicalJson, hashText } from './contentVersion';
import { rowOrder } from './rowOrder';
import { selectRows, type SelectedRows } from './selectRows';
import { SnapshotBody } from './SnapshotBody';
import type { TenantSnapshot } from './TenantSnapshot';
import type { TenantSnapshots } from './TenantSnapshots';

/** Pages kept while nothing changes. */
const MAX_PAGES = 64;

/** Who looks, as far as it decides what is seen. */
type Viewer = {
  /** Equal for viewers who see the same. */
  readonly id: string;
  readonly allows: TenantPredicate;
};

/** Pages of the tenant list. Between two changes each is put together once, however many ask for it. */
export class TenantPages {
  private readonly pages = new Map<string, SnapshotBody>();
  private readonly sorted = new Map<string, readonly TenantSnapshot[]>();
  private partialJson?: string;

  constructor(private readonly snapshots: TenantSnapshots) {
    // Listens for as long as the snapshots live: both belong to the plugin.
    snapshots.onChange(() => this.forget());
    snapshots.onClusterChange(() => this.forget());
  }

  /** @throws InputError when the query’s cursor is none of this list */
  get(query: TenantListQuery, viewer: Viewer): SnapshotBody {
    const key = `${viewer.id} ${canonicalJson(query)}`;
    const known = this.pages.get(key);
    if (known) return known;
    const page = this.build(query, viewer, key);
    if (this.pages.size >= MAX_PAGES) this.pages.clear();
    this.pages.set(key, page);
    return page;
  }

  private build(
    query: TenantListQuery,
    viewer: Viewer,
    key: string,
  ): SnapshotBody {
    const selected = selectRows(this.inOrder(query.sort), query, viewer.allows);
    this.partialJson ??= JSON.stringify(this.snapshots.partial());
    const partialJson = this.partialJson;
    const versions = selected.rows.map(({ version }) => version).join(' ');
    const about = JSON.stringify([
      selected.totalItems,
      canonicalJson(selected.counts),
      selected.nextCursor,
    ]);
    const etag = hashText([key, versions, about, partialJson].join('\n'));
    return new SnapshotBody(`"${etag}"`, () => toJson(selected, partialJson));
  }

  private inOrder(sort: TenantListQuery['sort']): readonly TenantSnapshot[] {
    const known = this.sorted.get(sort);
    if (known) return known;
    const { positionOf, compare } = rowOrder(sort);
    const sorted = [...this.snapshots.all()]
      .map(snapshot => ({ snapshot, position: positionOf(snapshot.row) }))
      .sort((a, b) => compare(a.position, b.position))
      .map(({ snapshot }) => snapshot);
    this.sorted.set(sort, sorted);
    return sorted;
  }

  private forget(): void {
    this.pages.clear();
    this.sorted.clear();
    this.partialJson = undefined;
  }
}

/** Joins the rows’ own JSON, so that a row is serialised once for all lists. */
function toJson(selected: SelectedRows, partialJson: string): string {
  const { rows, totalItems, counts, nextCursor } = selected;
  const items = rows.map(row => row.rowJson()).join(',');
  const about = JSON.stringify({ totalItems, counts, nextCursor }).slice(1, -1);
  return `{"items":[${items}],${about},"partial":${partialJson}}`;
}
