// SPDX-License-Identifier: Apache-2.0
import { formatQuantity, parseQuantity } from '../../admission/quantity';
import { isActive, readySince, type Pod } from '../../kubelet/Pod';
import type { ContainerUsage } from '../../metrics/UsageMeter';
import type { MetricSpec, MetricTarget } from './Autoscaler';

/** A ratio this near to one changes nothing. */
const TOLERANCE = 0.1;

export type Measured = {
  readonly pod: Pod;
  /** `undefined` when the pod has no reading. */
  readonly usage: readonly ContainerUsage[] | undefined;
};
/** What one metric wants, or why it cannot say. */
export type Proposal =
  | {
      readonly replicas: number;
      /** As the controller names the metric: `cpu resource utilization (percentage of request)`. */
      readonly metric: string;
      readonly status: Record<string, unknown>;
    }
  | { readonly failed: string; readonly reason: string };

type Wanted = {
  readonly resource: 'cpu' | 'memory';
  readonly container?: string;
  readonly target: MetricTarget;
};
type Sample = {
  readonly pod: Pod;
  readonly used?: number;
  readonly request: number;
};

/** What a metric of an autoscaler proposes for `current` replicas, by the rules of the HPA controller. */
export function proposal(
  metric: MetricSpec,
  { current, pods }: { current: number; pods: readonly Measured[] },
): Proposal {
  const wanted = wantedOf(metric);
  if (!wanted) return unsupported(metric);
  const samples = pods
    .filter(({ pod }) => isActive(pod))
    .map(measured => sampleOf(measured, wanted));
  const known = samples.filter(({ used }) => used !== undefined);
  const fail = (why: string): Proposal => ({
    reason: wanted.container
      ? 'FailedGetContainerResourceMetric'
      : 'FailedGetResourceMetric',
    failed: `failed to get ${wanted.resource} ${
      isUtilization(wanted) ? 'utilization' : 'usage'
    }: ${why}`,
  });
  if (known.length === 0)
    return fail(
      'unable to get metrics for resource ' +
        `${wanted.resource}: no metrics returned from resource metrics API`,
    );
  const without = samples.find(({ request }) => request === 0);
  if (isUtilization(wanted) && without)
    return fail(missingRequest(without.pod, wanted));
  const ratioOf = ratioFor(wanted);
  const serving = known.filter(({ pod }) => readySince(pod) !== undefined);
  const counted = wanted.resource === 'cpu' ? serving : known;
  if (counted.length === 0)
    return fail(
      'did not receive metrics for targeted pods (pods might be unready)',
    );
  const ratio = ratioOf(
    counted.map(({ used = 0, request }) => ({ used, request })),
  );
  const replicas = replicasFor(ratio, { current, samples, counted, ratioOf });
  return {
    replicas,
    metric: nameOf(wanted),
    status: statusOf(metric, wanted, counted),
  };
}

type RatioOf = (values: readonly { used: number; request: number }[]) => number;

function ratioFor({ target, resource }: Wanted): RatioOf {
  if (target.type === 'Utilization') {
    return values =>
      (100 * total(values, 'used')) /
      total(values, 'request') /
      (target.averageUtilization ?? 80);
  }
  const each =
    parseQuantity(target.averageValue) || (resource === 'cpu' ? 1 : 2 ** 30);
  return values => total(values, 'used') / values.length / each;
}

type Counting = {
  readonly current: number;
  readonly samples: readonly Sample[];
  readonly counted: readonly Sample[];
  readonly ratioOf: RatioOf;
};

/** Pods without a reading are taken to dampen: idle when it would grow, fully used when it would shrink. */
function replicasFor(ratio: number, given: Counting): number {
  const { current, samples, counted, ratioOf } = given;
  if (Math.abs(1 - ratio) <= TOLERANCE) return current;
  const rest = samples.filter(sample => !counted.includes(sample));
  if (rest.length === 0) return Math.ceil(ratio * counted.length - 1e-9);
  const filled = [
    ...counted.map(({ used = 0, request }) => ({ used, request })),
    ...rest.map(({ request }) => ({
      used: ratio > 1 ? 0 : request,
      request,
    })),
  ];
  const dampened = ratioOf(filled);
  const turned = (ratio > 1 && dampened < 1) || (ratio < 1 && dampened > 1);
  if (turned || Math.abs(1 - dampened) <= TOLERANCE) return current;
  const replicas = Math.ceil(dampened * filled.length - 1e-9);
  const wrongWay =
    (dampened < 1 && replicas > current) ||
    (dampened > 1 && replicas < current);
  return wrongWay ? current : replicas;
}

function sampleOf({ pod, usage }: Measured, wanted: Wanted): Sample {
  const of = <T extends { name: string }>(items: readonly T[]) =>
    wanted.container
      ? items.filter(({ name }) => name === wanted.container)
      : items;
  const containers = of(pod.spec.containers);
  const requests = containers.map(({ resources }) =>
    parseQuantity(resources?.requests?.[wanted.resource]),
  );
  const complete = requests.every(request => request > 0);
  return {
    pod,
    used:
      usage && of(usage).reduce((sum, item) => sum + item[wanted.resource], 0),
    request: complete ? requests.reduce((sum, item) => sum + item, 0) : 0,
  };
}

function wantedOf(metric: MetricSpec): Wanted | undefined {
  const named = metric.resource ?? metric.containerResource;
  if (named?.name !== 'cpu' && named?.name !== 'memory') return undefined;
  return {
    resource: named.name,
    container: metric.containerResource?.container,
    target: named.target,
  };
}

function unsupported({ type }: MetricSpec): Proposal {
  return {
    reason: `FailedGet${type}Metric`,
    failed: `unable to get metrics of type ${type}: no such metrics API is installed`,
  };
}

function missingRequest(pod: Pod, { resource }: Wanted): string {
  const container = pod.spec.containers.find(
    ({ resources }) => !parseQuantity(resources?.requests?.[resource]),
  );
  return `missing request for ${resource} in container ${
    container?.name ?? ''
  } of Pod ${pod.metadata.name}`;
}

function nameOf({ resource, container, target }: Wanted): string {
  const subject = container ? `container resource` : `resource`;
  return target.type === 'Utilization'
    ? `${resource} ${subject} utilization (percentage of request)`
    : `${resource} ${subject}`;
}

function isUtilization({ target }: Wanted): boolean {
  return target.type === 'Utilization';
}

function statusOf(
  metric: MetricSpec,
  wanted: Wanted,
  counted: readonly Sample[],
): Record<string, unknown> {
  const used = total(counted, 'used');
  const request = total(counted, 'request');
  const average = used / counted.length;
  const current = {
    averageValue: averageText(wanted.resource, average),
    ...(isUtilization(wanted) && request > 0
      ? { averageUtilization: Math.floor((100 * used) / request) }
      : {}),
  };
  const { resource: name, container } = wanted;
  return metric.type === 'ContainerResource'
    ? { type: metric.type, containerResource: { name, container, current } }
    : { type: metric.type, resource: { name, current } };
}

function averageText(resource: 'cpu' | 'memory', value: number): string {
  return resource === 'cpu'
    ? formatQuantity('cpu', Math.ceil(value * 1000) / 1000)
    : String(Math.ceil(value));
}

function total(
  values: readonly { readonly used?: number; readonly request: number }[],
  key: 'used' | 'request',
): number {
  return values.reduce((sum, value) => sum + (value[key] ?? 0), 0);
}
