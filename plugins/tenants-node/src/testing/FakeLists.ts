// SPDX-License-Identifier: Apache-2.0
import type { ListOptions } from '../kube/KubeApi';
import type { FakeHistory, FakeObject } from './FakeHistory';

type Snapshot = {
  readonly items: readonly string[];
  readonly resourceVersion: string;
};

export type FakePage = {
  /** Objects as JSON. */
  readonly items: readonly string[];
  readonly resourceVersion: string;
  readonly continue?: string;
};

function hasLabels(
  object: FakeObject,
  labels: Readonly<Record<string, string>> = {},
): boolean {
  const present = new Map(Object.entries(object.metadata.labels ?? {}));
  return Object.entries(labels).every(([key, value]) => {
    return present.get(key) === value;
  });
}

/** Lists of a fake cluster: pages of one snapshot each, and wrong answers that a test put in. */
export class FakeLists {
  private readonly snapshots = new Map<string, Snapshot>();
  private readonly wrong = new Map<string, Snapshot[]>();

  /** Forgets the pages that are still to be read. */
  compact(): void {
    this.snapshots.clear();
  }

  /** The next list of the kind is empty. */
  emptyNext(resource: string, resourceVersion: string): void {
    const waiting = this.wrong.get(resource) ?? [];
    this.wrong.set(resource, [...waiting, { items: [], resourceVersion }]);
  }

  /** `undefined` when the list to go on with is too old. */
  page(
    resource: string,
    from: { readonly kind: FakeHistory; readonly resourceVersion: string },
    options: Pick<
      ListOptions<unknown>,
      'continue' | 'labels' | 'limit' | 'namespace'
    >,
  ): FakePage | undefined {
    const token = options.continue;
    const snapshot = token
      ? this.snapshots.get(token)
      : this.wrong.get(resource)?.shift() ?? take(from, options);
    if (!snapshot) return undefined;
    const start = token ? Number(token.split(':')[1]) : 0;
    const items = snapshot.items.slice(start, start + options.limit);
    const next = start + items.length;
    const { resourceVersion } = snapshot;
    if (next >= snapshot.items.length) return { items, resourceVersion };
    const more = `${resourceVersion}:${next}`;
    this.snapshots.set(more, snapshot);
    return { items, resourceVersion, continue: more };
  }
}

function take(
  from: { readonly kind: FakeHistory; readonly resourceVersion: string },
  { namespace, labels }: Pick<ListOptions<unknown>, 'labels' | 'namespace'>,
): Snapshot {
  const objects = from.kind
    .list(namespace)
    .filter(object => hasLabels(object, labels));
  const items = objects.map(object => JSON.stringify(object));
  return { items, resourceVersion: from.resourceVersion };
}
