// SPDX-License-Identifier: Apache-2.0
import type {
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import type {
  CustomKind,
  KubeApi,
  KubernetesAccess,
} from '@tenantry/backstage-plugin-tenants-node';
import type { ClusterChange, Clusters, ClusterView } from '../informers/Lister';
import { waitFor } from '../informers/waitFor';
import type { Clock } from '../time/Clock';
import type { KubeApiFactory } from './createHttpKubeApi';
import { KubernetesAccessError } from './KubernetesAccessError';
import { WatchedCluster } from './WatchedCluster';

export type WatchedClustersOptions = {
  /** Resolves when there is a way to the Kubernetes plugin; asked again for each reading of the clusters. */
  readonly access: (signal: AbortSignal) => Promise<KubernetesAccess>;
  /** Our own, to ask the cluster supplier with. */
  readonly credentials: () => Promise<BackstageCredentials>;
  readonly createKubeApi: KubeApiFactory;
  readonly clock: Clock;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
  readonly logger: LoggerService;
  /** The namespaces of a cluster that are watched one by one; `undefined`: the whole cluster at once. */
  readonly namespacesOf?: (cluster: string) => readonly string[] | undefined;
  /** Kinds that modules added. */
  readonly customKinds?: readonly CustomKind[];
};

const rereadMs = 60_000;
/** A cluster that the supplier no longer names is dropped when it is missing so often in a row. */
const absencesNeeded = 2;

const waitingForPlugin =
  'Waiting for the Kubernetes plugin to hand over its clusters. If it does not: install @backstage/plugin-kubernetes-backend with @tenantry/backstage-plugin-kubernetes-backend-module-tenants, and configure kubernetes.clusterLocatorMethods.';

/**
 * The clusters of the portal’s Kubernetes plugin, each watched while the plugin names it.
 *
 * The list is read every 60 s. A cluster whose address or credentials’ configuration changed is watched anew; what was known
 * of it stays, as stale, until then. When the supplier fails, the last good list stays and `problems` says so.
 */
export class WatchedClusters implements Clusters {
  private readonly watched = new Map<string, WatchedCluster>();
  private readonly absences = new Map<string, number>();
  private readonly listeners = new Set<(change: ClusterChange) => void>();
  private current?: KubernetesAccess;
  private supplierProblem?: string;

  constructor(private readonly options: WatchedClustersOptions) {}

  /** Watches until the signal aborts; resolves when everything has stopped. Never throws. */
  async start(signal: AbortSignal): Promise<void> {
    const { clock } = this.options;
    const aborted = new Promise<undefined>(resolve => {
      signal.addEventListener('abort', () => resolve(undefined), {
        once: true,
      });
    });
    while (!signal.aborted) {
      const access = await Promise.race([this.askAccess(signal), aborted]);
      if (access) await this.read(access);
      await waitFor(rereadMs, { clock, signal });
    }
    await Promise.all([...this.watched.keys()].map(name => this.drop(name)));
  }

  list(): readonly ClusterView[] {
    return [...this.watched.values()].map(({ view }) => view);
  }

  onChange(listener: (change: ClusterChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The way to a cluster, for what is not in the cache; `undefined` when it is not known or can’t be watched. */
  kubeApi(cluster: string): KubeApi | undefined {
    return this.watched.get(cluster)?.api;
  }

  /** What keeps the clusters as a whole from being watched, in sentences. */
  problems(): readonly string[] {
    if (!this.current && !this.supplierProblem) return [waitingForPlugin];
    return this.supplierProblem ? [this.supplierProblem] : [];
  }

  private async askAccess(
    signal: AbortSignal,
  ): Promise<KubernetesAccess | undefined> {
    try {
      return await this.options.access(signal);
    } catch (error) {
      this.supplierFailed(error);
      return undefined;
    }
  }

  private async read(access: KubernetesAccess): Promise<void> {
    this.current = access;
    try {
      const credentials = await this.options.credentials();
      const found = await access.clusterSupplier.getClusters({ credentials });
      this.supplierProblem = undefined;
      await this.adopt(found, access);
    } catch (error) {
      this.supplierFailed(error);
    }
  }

  private supplierFailed(error: unknown): void {
    this.supplierProblem =
      error instanceof KubernetesAccessError
        ? error.message
        : 'The Kubernetes plugin could not list its clusters; those known before are still watched. Check kubernetes.clusterLocatorMethods and the log of the backend.';
    this.options.logger.warn(
      'The Kubernetes plugin could not list its clusters',
      error instanceof Error ? error : new Error(String(error)),
    );
  }

  private async adopt(
    found: readonly ClusterDetails[],
    access: KubernetesAccess,
  ): Promise<void> {
    const byName = new Map<string, ClusterDetails>();
    for (const details of found) {
      // The first of a name counts, as in the Kubernetes plugin.
      if (!byName.has(details.name)) byName.set(details.name, details);
    }
    for (const name of [...this.watched.keys()]) {
      if (byName.has(name)) this.absences.delete(name);
      else await this.missed(name);
    }
    for (const details of byName.values()) {
      await this.ensure(details, access);
    }
  }

  private async missed(name: string): Promise<void> {
    const absences = (this.absences.get(name) ?? 0) + 1;
    this.absences.set(name, absences);
    if (absences < absencesNeeded) return;
    this.options.logger.info('Cluster is no longer watched', { cluster: name });
    await this.drop(name);
  }

  private async drop(name: string): Promise<void> {
    const watched = this.watched.get(name);
    this.watched.delete(name);
    this.absences.delete(name);
    this.tell({ cluster: name, namespace: '' });
    await watched?.stop();
  }

  private async ensure(
    details: ClusterDetails,
    access: KubernetesAccess,
  ): Promise<void> {
    const { name } = details;
    const present = this.watched.get(name);
    if (present?.isOf(details)) return;
    const { clock, random, logger, createKubeApi, customKinds } = this.options;
    const next = new WatchedCluster({
      details,
      clock,
      random,
      createKubeApi,
      customKinds,
      proxied: access.proxied,
      previous: present?.view,
      namespaces: this.options.namespacesOf?.(name),
      logger: logger.child({ cluster: name }),
      credential: () => this.credentialFor(details, access),
      onChange: namespace => this.tell({ cluster: name, namespace }),
    });
    this.watched.set(name, next);
    this.tell({ cluster: name, namespace: '' });
    next.start();
    await present?.stop();
  }

  /** From the newest access of the same sort: the Kubernetes plugin may have handed over anew. */
  private async credentialFor(
    details: ClusterDetails,
    access: KubernetesAccess,
  ) {
    const { current = access } = this;
    const source = current.proxied === access.proxied ? current : access;
    return await source.getCredential(details, {});
  }

  private tell(change: ClusterChange): void {
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        this.options.logger.error(
          'A listener of cluster changes failed',
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
  }
}
