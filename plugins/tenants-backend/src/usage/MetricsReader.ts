// SPDX-License-Identifier: Apache-2.0
import type { PartialData } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { explainMetrics, noMetricsOf } from './explainMetrics';
import {
  podMetricsType,
  projectPodMetrics,
  type PodMetrics,
} from './podMetrics';

/** A metrics server measures every 15 s by default: asking more often brings nothing. */
const KEEP_MS = 15_000;
const TIMEOUT_MS = 10_000;
/** Namespaces whose metrics are kept. */
const MAX_KEPT = 1_000;
const PAGE_SIZE = 500;
/** Pods of one namespace that are read: more are left out. */
const MAX_PAGES = 10;

/** Metrics of one namespace by pod, or why there are none. */
export type NamespaceMetrics =
  | { readonly pods: ReadonlyMap<string, PodMetrics> }
  | { readonly missing: PartialData };

type Kept = { readonly at: number; readonly answer: Promise<NamespaceMetrics> };

type MetricsReaderOptions = {
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly clock: Clock;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
};

/**
 * Reads what pods use. An answer, a failure too, is kept for 15 s and shared by everybody who asks, also while it is on its
 * way: the cost for a cluster does not grow with viewers.
 */
export class MetricsReader {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly options: MetricsReaderOptions) {}

  /** Never fails: a failure is the answer. */
  read(cluster: string, namespace: string): Promise<NamespaceMetrics> {
    const key = `${cluster}\n${namespace}`;
    const now = this.options.clock.now();
    const known = this.kept.get(key);
    if (known && now - known.at < KEEP_MS) return known.answer;
    this.kept.delete(key);
    this.makeRoom();
    const answer = this.ask(cluster, namespace);
    this.kept.set(key, { at: now, answer });
    return answer;
  }

  /** Those that were asked first stand first. */
  private makeRoom(): void {
    for (const key of this.kept.keys()) {
      if (this.kept.size < MAX_KEPT) return;
      this.kept.delete(key);
    }
  }

  private async ask(
    cluster: string,
    namespace: string,
  ): Promise<NamespaceMetrics> {
    const api = this.options.kubeApi(cluster);
    if (!api) {
      const text = `The cluster ${cluster} is not connected.`;
      return { missing: noMetricsOf(cluster, 'Unreachable', text) };
    }
    try {
      return { pods: await this.list(api, namespace) };
    } catch (error) {
      return { missing: explainMetrics(error, cluster) };
    }
  }

  private async list(
    api: KubeApi,
    namespace: string,
  ): Promise<ReadonlyMap<string, PodMetrics>> {
    const pods = new Map<string, PodMetrics>();
    const signal = AbortSignal.any([
      this.options.shutdown,
      AbortSignal.timeout(TIMEOUT_MS),
    ]);
    let next: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const found = await api.list(podMetricsType, {
        namespace,
        limit: PAGE_SIZE,
        continue: next,
        project: projectPodMetrics,
        // What cannot be read counts as not measured.
        onUnreadable: () => {},
        signal,
      });
      for (const pod of found.items) pods.set(pod.name, pod);
      next = found.continue;
      if (next === undefined) break;
    }
    return pods;
  }
}
