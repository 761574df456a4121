// SPDX-License-Identifier: Apache-2.0
import type {
  PartialData,
  TenantListQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import { canonicalJson, hashText } from './contentVersion';
import { rowOrder } from './rowOrder';
import { selectRows, type SelectedRows } from './selectRows';
import { SnapshotBody } from './SnapshotBody';
import type { TenantSnapshot } from './TenantSnapshot';
import type { TenantSnapshots } from './TenantSnapshots';
import { timelessPartial } from './timelessPartial';
import { clustersSeenBy, partialSeenBy, type Viewer } from './Viewer';

/** Pages kept while nothing changes. */
const MAX_PAGES = 64;

/** Pages of the tenant list. Between two changes each is put together once, however many ask for it. */
export class TenantPages {
  private readonly pages = new Map<string, SnapshotBody>();
  private readonly sorted = new Map<string, readonly TenantSnapshot[]>();
  private readonly clusters = new Map<
    string,
    ReadonlySet<string> | undefined
  >();
  private allPartial?: readonly PartialData[];

  constructor(private readonly snapshots: TenantSnapshots) {
    // Listens for as long as the snapshots live: both belong to the plugin.
    snapshots.onChange(() => this.forget());
    snapshots.onClusterChange(() => this.forget());
  }

  /** @throws InputError when the query’s cursor is none of this list */
  get(query: TenantListQuery, viewer: Viewer): SnapshotBody {
    const key = `${viewerKey(viewer)} ${canonicalJson(query)}`;
    const known = this.pages.get(key);
    if (known) return known;
    const page = this.build(query, viewer, key);
    if (this.pages.size >= MAX_PAGES) this.pages.clear();
    this.pages.set(key, page);
    return page;
  }

  /** Whether anything is missing in any cluster, so that it matters whose clusters are shown. */
  get hasGaps(): boolean {
    return this.partial().length > 0;
  }

  /** When what a viewer sees is known to be of: the oldest of its clusters. */
  observedAt(viewer: Viewer): string | undefined {
    const seen = this.clustersOf(viewer);
    return this.snapshots.observedAt(seen && [...seen]);
  }

  private build(
    query: TenantListQuery,
    viewer: Viewer,
    key: string,
  ): SnapshotBody {
    const selected = selectRows(this.inOrder(query.sort), query, viewer.allows);
    const partial = this.hasGaps
      ? partialSeenBy(this.clustersOf(viewer), this.partial())
      : [];
    const versions = selected.rows.map(({ version }) => version).join(' ');
    const about = JSON.stringify([
      selected.totalItems,
      canonicalJson(selected.counts),
      selected.nextCursor,
    ]);
    const gaps = canonicalJson(timelessPartial(partial));
    const etag = hashText([key, versions, about, gaps].join('\n'));
    return new SnapshotBody(`"${etag}"`, () => toJson(selected, partial));
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
    this.clusters.clear();
    this.allPartial = undefined;
  }

  private partial(): readonly PartialData[] {
    return (this.allPartial ??= this.snapshots.partial());
  }

  private clustersOf(viewer: Viewer): ReadonlySet<string> | undefined {
    const key = viewerKey(viewer);
    if (this.clusters.has(key)) return this.clusters.get(key);
    const seen = clustersSeenBy(viewer, this.snapshots.all());
    if (this.clusters.size >= MAX_PAGES) this.clusters.clear();
    this.clusters.set(key, seen);
    return seen;
  }
}

function viewerKey({ id, seesAllClusters }: Viewer): string {
  return seesAllClusters ? `${id}+` : id;
}

/** Joins the rows’ own JSON, so that a row is serialised once for all lists. */
function toJson(
  selected: SelectedRows,
  partial: readonly PartialData[],
): string {
  const { rows, totalItems, counts, nextCursor } = selected;
  const items = rows.map(row => row.rowJson()).join(',');
  const about = JSON.stringify({ totalItems, counts, nextCursor }).slice(1, -1);
  return `{"items":[${items}],${about},"partial":${JSON.stringify(partial)}}`;
}
