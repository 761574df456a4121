// SPDX-License-Identifier: Apache-2.0
import type { LogProfile } from '../logs/LogProfile';
import type { Behaviour } from '../scenario/Life';
import type { Load } from '../metrics/Load';
import type { Objects } from '../storage/Objects';
import { controllerOf } from '../controllers/ControllerPorts';
import type { Pod } from './Pod';

/** How the pods of one workload behave and what they write. */
export type Temperament = {
  readonly behaviour: Behaviour;
  /** Wins over `behaviour` for pods of this image: an upgrade may break what worked. */
  readonly byImage?: Readonly<Record<string, Behaviour>>;
  readonly logs?: { readonly profile: LogProfile; readonly perMinute: number };
  /** How long a pod of a Job runs. */
  readonly runSeconds?: number;
  /** What its pods use. */
  readonly load?: Load;
};

const OWNERS: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
};
const HEALTHY: Temperament = { behaviour: { type: 'healthy' } };

/** Remembers the temperament of workloads and finds that of a pod through its owners. */
export class Behaviours {
  private readonly known = new Map<string, Temperament>();

  constructor(private readonly objects: Objects) {}

  set(
    resource: string,
    where: { namespace?: string; name: string },
    temperament: Temperament,
  ): void {
    this.known.set(keyOf(resource, where), temperament);
  }

  get(
    resource: string,
    where: { namespace?: string; name: string },
  ): Temperament {
    return this.known.get(keyOf(resource, where)) ?? HEALTHY;
  }

  /** `undefined` when the object has nothing above it that was given a temperament. */
  of(pod: Pod): Temperament {
    for (const { resource, name } of this.ownersOf(pod)) {
      const found = this.known.get(
        keyOf(resource, { namespace: pod.metadata.namespace, name }),
      );
      if (found) return found;
    }
    return HEALTHY;
  }

  /** The behaviour of this very pod: its image, and whether it is among the first pods, may matter. */
  behaviourOf(pod: Pod, siblings: () => readonly string[]): Behaviour {
    const { behaviour, byImage } = this.of(pod);
    const image = pod.spec.containers[0]?.image ?? '';
    const wanted = byImage?.[image] ?? behaviour;
    const limit = 'pods' in wanted ? wanted.pods : undefined;
    if (limit === undefined || siblings().indexOf(pod.metadata.name) < limit)
      return wanted;
    return HEALTHY.behaviour;
  }

  /** The workloads above a pod, nearest first; the pod itself is the first. */
  ownersOf(pod: Pod): { resource: string; name: string }[] {
    const { namespace, name } = pod.metadata;
    const chain = [{ resource: 'pods', name }];
    let owner = controllerOf(pod);
    while (owner && chain.length < 5) {
      const resource = OWNERS[owner.kind];
      if (!resource) break;
      chain.push({ resource, name: owner.name });
      const above = this.objects.get(resource, { namespace, name: owner.name });
      owner = above && controllerOf(above);
    }
    return chain;
  }
}

function keyOf(
  resource: string,
  { namespace, name }: { namespace?: string; name: string },
): string {
  return `${resource} ${namespace ?? ''}/${name}`;
}
