// SPDX-License-Identifier: Apache-2.0
import type { PodObject, ServiceObject } from '../informers/objects';
import { conditionOf, newestEvent, type HealthContext } from './HealthCheck';
import { LIMITS, limitEnd } from './limits';
import { hasLabels } from './PodSelector';
import { compareHealth } from './rollUp';
import { judgeTerminating } from './terminating';
import { because, healthy, type Verdict } from './Verdict';

/** Judges a Service: whether a ready pod stands behind it, and whether its load balancer has an address. */
export function judgeService(
  service: ServiceObject,
  context: HealthContext,
  now: Date,
): Verdict {
  return (
    judgeTerminating(service, now) ??
    judgeLoadBalancer(service, context, now) ??
    judgeEndpoints(service, context, now)
  );
}

function judgeLoadBalancer(
  service: ServiceObject,
  context: HealthContext,
  now: Date,
): Verdict | undefined {
  if (service.type !== 'LoadBalancer' || service.loadBalancerReady) {
    return undefined;
  }
  const said = newestEvent(service, context, ['SyncLoadBalancerFailed']);
  const changesAt = limitEnd(service.createdAt, LIMITS.provisioningMs, now);
  return {
    code: changesAt ? 'Progressing' : 'Degraded',
    reason: said?.reason ?? 'LoadBalancerPending',
    message: `Service ${
      service.name
    } waits for the address of its load balancer${because(said?.message)}.`,
    since: service.createdAt,
    changesAt,
  };
}

function judgeEndpoints(
  service: ServiceObject,
  context: HealthContext,
  now: Date,
): Verdict {
  const hasSelector = Object.keys(service.selector).length > 0;
  if (service.type === 'ExternalName' || !hasSelector) {
    return healthy();
  }
  if (!context.isRead('Pod')) return healthy('NotJudged');
  const pods = context
    .podsWith(service.namespace, service.selector)
    .filter(pod => pod.phase !== 'Succeeded' && pod.phase !== 'Failed');
  if (pods.length === 0) return judgeNoPods(service, context, now);
  const ready = pods.some(
    pod =>
      pod.deletedAt === undefined &&
      conditionOf(pod, 'Ready')?.status === 'True',
  );
  return ready
    ? healthy('Endpoints')
    : judgeNoReadyPods(service, pods, context);
}

function judgeNoPods(
  service: ServiceObject,
  { listers }: HealthContext,
  now: Date,
): Verdict {
  const behind = [listers.deployments, listers.statefulsets]
    .flatMap(lister => lister.byNamespace(service.namespace))
    .filter(workload => hasLabels(workload.selector, service.selector));
  if (behind.length > 0 && behind.every(w => w.replicas === 0)) {
    const message = `All that service ${service.name} selects is scaled to zero.`;
    return { code: 'Suspended', reason: 'ScaledToZero', message };
  }
  const selector = Object.entries(service.selector)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  const changesAt = limitEnd(service.createdAt, LIMITS.startingMs, now);
  return {
    code: changesAt ? 'Progressing' : 'Missing',
    reason: 'NoEndpoints',
    message: `No pod has the labels that service ${
      service.name
    } selects (${selector.join(', ')}); it answers nobody.`,
    changesAt,
  };
}

function judgeNoReadyPods(
  service: ServiceObject,
  pods: readonly PodObject[],
  context: HealthContext,
): Verdict {
  const worst = pods.map(pod => context.verdictOf(pod)).sort(compareHealth)[0];
  const none =
    pods.length === 1
      ? 'its only pod is not ready'
      : `none of its ${pods.length} pods is ready`;
  return {
    code: worst?.code === 'Degraded' ? 'Degraded' : 'Progressing',
    reason: 'NoEndpoints',
    message: `Service ${service.name} has no endpoint: ${none}.`,
    since: worst?.since,
    changesAt: worst?.changesAt,
    evidence: worst?.evidence,
  };
}
