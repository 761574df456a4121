// SPDX-License-Identifier: Apache-2.0

/**
 * A Kubernetes object as a fake holds it. What is missing of `metadata` is filled in.
 *
 * @public
 */
export type FakeObject = {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
};

export type FakeEvent = {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly namespace: string;
  readonly name: string;
  readonly json: string;
};

function keyOf(object: FakeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** One kind of a fake cluster: what is, and what was. */
export class FakeHistory {
  readonly events: FakeEvent[] = [];
  private readonly objects = new Map<string, FakeObject>();
  /** Older versions can’t be watched from. */
  compactedTo = 0;

  write(object: FakeObject, version: number): FakeObject {
    const key = keyOf(object);
    const present = this.objects.get(key);
    const stored: FakeObject = {
      ...object,
      metadata: {
        uid: present?.metadata.uid ?? `uid-${version}`,
        creationTimestamp: '2026-01-01T00:00:00Z',
        ...object.metadata,
        resourceVersion: String(version),
      },
    };
    this.objects.set(key, stored);
    this.note(present ? 'MODIFIED' : 'ADDED', stored, version);
    return stored;
  }

  remove(namespace: string, name: string, version: number): void {
    const key = `${namespace}/${name}`;
    const present = this.objects.get(key);
    if (!present) return;
    this.objects.delete(key);
    const metadata = { ...present.metadata, resourceVersion: String(version) };
    this.note('DELETED', { ...present, metadata }, version);
  }

  get(namespace: string, name: string): FakeObject | undefined {
    return this.objects.get(`${namespace}/${name}`);
  }

  /** In the order of their names, as a server lists. */
  list(namespace: string | undefined): readonly FakeObject[] {
    return [...this.objects]
      .filter(
        ([, object]) =>
          namespace === undefined || object.metadata.namespace === namespace,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object);
  }

  after(version: number): readonly FakeEvent[] {
    return this.events.filter(event => event.version > version);
  }

  private note(
    type: FakeEvent['type'],
    object: FakeObject,
    version: number,
  ): void {
    const { namespace = '', name } = object.metadata;
    this.events.push({
      type,
      version,
      namespace,
      name,
      json: JSON.stringify(object),
    });
  }
}
