// SPDX-License-Identifier: Apache-2.0
import { parseQuantity } from '../admission/quantity';
import { asPod, type Pod } from '../kubelet/Pod';
import type { Kind } from '../kinds/Kind';
import { methodNotAllowed, notFound } from '../storage/ApiError';
import type { JsonRecord } from '../storage/json';
import type { KubeObject, Objects } from '../storage/Objects';
import { parseLabelSelector } from '../storage/selectors/LabelSelector';
import { timestamp } from '../storage/timestamp';
import { metricsTable } from './metricsTable';
import { METRICS_GROUP } from './metricsKinds';
import { WINDOW_MS, type Usage, type UsageMeter } from './UsageMeter';

/** A node uses this part of its capacity for itself. */
const NODE_PART = 0.04;
const WINDOW = `${WINDOW_MS / 1000}s`;

export type MetricsCall = {
  readonly kind: Kind;
  readonly verb: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly query: URLSearchParams;
};
type Ports = { readonly objects: Objects; readonly meter: UsageMeter };

/** One reading of a pod or node. */
export type Reading = JsonRecord & {
  readonly metadata: JsonRecord & { readonly name: string };
  readonly timestamp: string;
  readonly window: string;
};

/** Answers `metrics.k8s.io` as a metrics server does: get and list, with label selector and as a table. */
export class MetricsApi {
  constructor(private readonly ports: Ports) {}

  /** @throws ApiError 404, 405 */
  answer(call: MetricsCall, table: boolean): JsonRecord {
    const { kind, verb, name } = call;
    if (verb !== 'get' && verb !== 'list') throw methodNotAllowed();
    const items = kind.plural === 'nodes' ? this.nodes(call) : this.pods(call);
    if (name !== undefined && items.length === 0) throw missing(call, name);
    if (table) return metricsTable(items);
    if (name !== undefined) return items[0];
    const { apiVersion } = kind;
    return { kind: `${kind.kind}List`, apiVersion, metadata: {}, items };
  }

  private pods(call: MetricsCall): Reading[] {
    return this.chosen('pods', call).flatMap(object => {
      const usage = this.ports.meter.usageOf(asPod(object));
      if (!usage) return [];
      const containers = usage.map(({ name, ...used }) => ({
        name,
        usage: quantities(used),
      }));
      return [{ ...this.heading(call.kind, object), containers }];
    });
  }

  private nodes(call: MetricsCall): Reading[] {
    const chosen = this.chosen('nodes', call);
    const used = chosen.length > 0 ? this.usedOnNodes() : new Map();
    return chosen.map(node => ({
      ...this.heading(call.kind, node),
      usage: quantities(withNode(node, used.get(node.metadata.name))),
    }));
  }

  private chosen(
    resource: 'pods' | 'nodes',
    { namespace, name, query }: MetricsCall,
  ): readonly KubeObject[] {
    const { objects } = this.ports;
    if (name !== undefined) {
      const found = objects.get(resource, { namespace, name });
      return found ? [found] : [];
    }
    const text = query.get('labelSelector');
    const all = objects.list(resource, namespace);
    if (!text) return all;
    const selects = parseLabelSelector(text);
    return all.filter(({ metadata }) => selects(metadata.labels ?? {}));
  }

  private usedOnNodes(): Map<string, Usage> {
    const sums = new Map<string, Usage>();
    for (const pod of this.ports.objects.list('pods').map(asPod)) {
      for (const { cpu, memory } of this.ports.meter.usageOf(pod) ?? []) {
        const node = nodeOf(pod);
        const sum = sums.get(node) ?? { cpu: 0, memory: 0 };
        sums.set(node, { cpu: sum.cpu + cpu, memory: sum.memory + memory });
      }
    }
    return sums;
  }

  private heading(kind: Kind, { metadata }: KubeObject): Reading {
    const { name, namespace, labels } = metadata;
    const at = timestamp(this.ports.meter.readAt());
    return {
      kind: kind.kind,
      apiVersion: kind.apiVersion,
      metadata: {
        name,
        ...(namespace ? { namespace } : {}),
        creationTimestamp: at,
        ...(labels ? { labels } : {}),
      },
      timestamp: at,
      window: WINDOW,
    };
  }
}

function nodeOf({ spec }: Pod): string {
  return spec.nodeName ?? '';
}

function withNode(
  node: KubeObject,
  pods: Usage = { cpu: 0, memory: 0 },
): Usage {
  const capacity = node.status?.capacity;
  const of = (resource: 'cpu' | 'memory') =>
    typeof capacity === 'object' && capacity !== null && resource in capacity
      ? parseQuantity(
          Object.entries(capacity).find(([key]) => key === resource)?.[1],
        )
      : 0;
  return {
    cpu: Math.min(of('cpu') || Infinity, pods.cpu + NODE_PART * of('cpu')),
    memory: Math.min(
      of('memory') || Infinity,
      pods.memory + NODE_PART * of('memory'),
    ),
  };
}

/** In the units a metrics server writes. */
function quantities({ cpu, memory }: Usage): { cpu: string; memory: string } {
  return {
    cpu: cpu === 0 ? '0' : `${Math.round(cpu * 1e9)}n`,
    memory: `${Math.round(memory / 1024)}Ki`,
  };
}

function missing({ kind, namespace }: MetricsCall, name: string) {
  const plural = kind.kind.toLowerCase();
  return notFound(
    { plural, group: METRICS_GROUP },
    namespace ? `${namespace}/${name}` : name,
  );
}
