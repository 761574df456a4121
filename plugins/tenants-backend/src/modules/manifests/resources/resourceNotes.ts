// SPDX-License-Identifier: Apache-2.0
import type { PlanNote } from '@tenantry/backstage-plugin-tenants-common';
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import type { RenderedObject } from '../../RenderedObject';
import { fieldAt, numberField, textField } from '../jsonValue';
import { autoscalerTarget, workloadKey } from '../replicas';
import { podCount, type WorkloadContext } from './workloadAmounts';
import { contextOf } from './resourcesOf';

const DEFAULT_SURGE = '25%';

/** What the amounts of an environment’s objects leave out: more pods for a while, or more pods than can be known. */
export function resourceNotes(
  environment: string,
  objects: readonly RenderedObject[],
): readonly PlanNote[] {
  const context = contextOf(objects);
  return objects.flatMap(({ manifest }) => {
    const message = remark(manifest, context);
    if (message === undefined) return [];
    const subject = workloadKey(manifest.kind, manifest.metadata.name);
    return [{ environment, subject, kind: 'estimated' as const, message }];
  });
}

function remark(
  manifest: KubeManifest,
  context: WorkloadContext,
): string | undefined {
  switch (manifest.kind) {
    case 'Deployment':
      return surgeRemark(manifest, context);
    case 'DaemonSet':
      return 'It has a pod on every node; one is counted.';
    case 'CronJob':
      return fieldAt(manifest, ['spec', 'concurrencyPolicy']) === 'Forbid'
        ? undefined
        : 'Its runs may overlap; one is counted.';
    case 'HorizontalPodAutoscaler':
      return autoscalerRemark(manifest);
    default:
      return undefined;
  }
}

function surgeRemark(
  manifest: KubeManifest,
  context: WorkloadContext,
): string | undefined {
  const strategy = fieldAt(manifest, ['spec', 'strategy']);
  const replicas = podCount(manifest, context);
  if (textField(strategy, 'type') === 'Recreate') return undefined;
  const said = fieldAt(strategy, ['rollingUpdate', 'maxSurge']);
  const more = surge(said ?? DEFAULT_SURGE, replicas);
  if (more === 0) return undefined;
  return `A rollout needs ${more} more ${
    more === 1 ? 'pod' : 'pods'
  } for a while, which is not counted.`;
}

/** A share is rounded up, as Kubernetes does. */
function surge(value: unknown, replicas: number): number {
  if (typeof value === 'number') return replicas === 0 ? 0 : value;
  const share = /^(\d{1,4})%$/.exec(typeof value === 'string' ? value : '');
  return share === null ? 0 : Math.ceil((Number(share[1]) * replicas) / 100);
}

function autoscalerRemark(manifest: KubeManifest): string | undefined {
  const target = autoscalerTarget(manifest);
  const least = numberField(manifest.spec, 'minReplicas') ?? 1;
  const most = numberField(manifest.spec, 'maxReplicas');
  if (target === undefined || most === undefined || most <= least) {
    return undefined;
  }
  return `${target} is counted with its least number of pods, ${least}; it may grow to ${most}.`;
}
