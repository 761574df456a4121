// SPDX-License-Identifier: Apache-2.0
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type {
  CustomKind,
  KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import { ClusterInformers } from '../informers/ClusterInformers';
import type { ClusterView } from '../informers/Lister';
import { watchCount } from '../informers/watchedKinds';
import type { Clock } from '../time/Clock';
import type { KubeApiFactory } from './createHttpKubeApi';
import { refusedCluster } from './refusedCluster';
import { retainedView } from './retainedView';
import { whyNotWatchable } from './watchability';

export type WatchedClusterOptions = {
  readonly details: ClusterDetails;
  readonly credential: () => Promise<KubernetesCredential>;
  readonly createKubeApi: KubeApiFactory;
  /** The cluster’s url is that of the Kubernetes plugin’s proxy. */
  readonly proxied?: boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: LoggerService;
  readonly onChange: (namespace: string) => void;
  /** Watched one by one; absent: the whole cluster at once. */
  readonly namespaces?: readonly string[];
  /** What was known of the cluster over another connection; shown as stale until this one has read everything. */
  readonly previous?: ClusterView;
  /** Kinds that modules added. */
  readonly customKinds?: readonly CustomKind[];
};

/** What of a cluster’s details decides how it is connected. */
function connectionOf(details: ClusterDetails): string {
  const { url, authMetadata, skipTLSVerify, caData, caFile } = details;
  const metadata = Object.entries(authMetadata).sort();
  return JSON.stringify([url, metadata, skipTLSVerify, caData, caFile]);
}

/** One cluster of the Kubernetes plugin, from `start` to `stop`. */
export class WatchedCluster {
  /** `undefined` when the cluster can’t be watched. */
  readonly api?: KubeApi;
  private readonly connection: string;
  private readonly informers?: ClusterInformers;
  private readonly ownView: ClusterView;
  /** `undefined` once it is not needed any more. */
  private retained?: ClusterView;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(options: WatchedClusterOptions) {
    const { details, createKubeApi, credential, namespaces, proxied } = options;
    this.connection = connectionOf(details);
    const refusal = whyNotWatchable(details);
    if (refusal) {
      this.ownView = refusedCluster(details.name, refusal);
      return;
    }
    const watches = watchCount(namespaces, options.customKinds?.length);
    this.api = createKubeApi(details, credential, { watches, proxied });
    this.informers = new ClusterInformers({
      ...options,
      api: this.api,
      onChange: namespace => {
        this.releaseRetained();
        options.onChange(namespace);
      },
    });
    this.ownView = this.informers;
    const { previous } = options;
    if (previous && previous.listers.namespaces.size > 0) {
      this.retained = retainedView(previous, this.informers);
    }
  }

  get view(): ClusterView {
    return this.retained ?? this.ownView;
  }

  start(): void {
    if (!this.informers) return;
    this.running = this.informers.run(this.stopping.signal);
  }

  /** Resolves when every connection is closed. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.api?.close();
  }

  /** Whether it is watched as these details say. */
  isOf(details: ClusterDetails): boolean {
    return connectionOf(details) === this.connection;
  }

  private releaseRetained(): void {
    if (this.retained && this.informers?.isSettled) this.retained = undefined;
  }
}
