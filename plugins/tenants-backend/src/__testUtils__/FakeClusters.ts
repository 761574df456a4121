// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { ClusterSource } from '../ClusterSource';
import type { ClusterChange, ClusterView } from '../informers/Lister';
import type { NamespaceObject } from '../informers/objects';
import {
  createFakeClusterView,
  type FakeClusterViewOptions,
  type FakeObjects,
} from '../informers/testing';

type FakeCluster = Required<
  Pick<FakeClusterViewOptions, 'name' | 'freshness' | 'objects' | 'partial'>
>;

/** Clusters whose objects a test puts and removes. */
export class FakeClusters implements ClusterSource {
  private readonly clusters = new Map<string, FakeCluster>();
  private readonly listeners = new Set<(change: ClusterChange) => void>();
  private readonly apis = new Map<string, KubeApi>();
  private observedAt = '2026-01-01T00:00:00.000Z';

  list(): readonly ClusterView[] {
    return [...this.clusters.values()].map(cluster =>
      createFakeClusterView({ ...cluster, observedAt: this.observedAt }),
    );
  }

  onChange(listener: (change: ClusterChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async start(): Promise<void> {}

  problems(): readonly string[] {
    return [];
  }

  kubeApi(cluster: string): KubeApi | undefined {
    return this.apis.get(cluster);
  }

  /** Lets a cluster’s logs be read. */
  setKubeApi(api: KubeApi): void {
    this.apis.set(api.cluster, api);
  }

  /** Moves the time of which all clusters’ data is. */
  setObservedAt(time: string): void {
    this.observedAt = time;
  }

  /** Adds or replaces a cluster’s state. */
  setCluster(
    name: string,
    state: Partial<Omit<FakeCluster, 'name'>> = {},
  ): void {
    const before = this.clusters.get(name);
    this.clusters.set(name, {
      name,
      freshness: 'synced',
      objects: {},
      partial: [],
      ...before,
      ...state,
    });
    this.emit({ cluster: name, namespace: '' });
  }

  /** Takes a cluster out of the portal. */
  removeCluster(name: string): void {
    this.clusters.delete(name);
    this.emit({ cluster: name, namespace: '' });
  }

  /** Adds or replaces a namespace. */
  putNamespace(cluster: string, namespace: NamespaceObject): void {
    this.change(cluster, namespace.name, others => [...others, namespace]);
  }

  /** Removes a namespace. */
  removeNamespace(cluster: string, name: string): void {
    this.change(cluster, name, others => others);
  }

  /** How many listen; 0 shows that all was freed. */
  get listenerCount(): number {
    return this.listeners.size;
  }

  private change(
    cluster: string,
    name: string,
    next: (others: NamespaceObject[]) => NamespaceObject[],
  ): void {
    const state = this.clusters.get(cluster);
    if (!state) throw new Error(`There is no fake cluster ${cluster}.`);
    const others = (state.objects.namespaces ?? []).filter(
      n => n.name !== name,
    );
    const objects: FakeObjects = {
      ...state.objects,
      namespaces: next(others),
    };
    this.clusters.set(cluster, { ...state, objects });
    this.emit({ cluster, namespace: name });
  }

  private emit(change: ClusterChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
