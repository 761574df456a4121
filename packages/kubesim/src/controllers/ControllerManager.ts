// SPDX-License-Identifier: Apache-2.0
import type { KubeObject, ObjectChange } from '../storage/Objects';
import { AutoscalerController } from './AutoscalerController';
import { ClaimController } from './ClaimController';
import {
  controllerOf,
  type Controller,
  type ControllerPorts,
} from './ControllerPorts';
import { CronJobController } from './CronJobController';
import { DaemonSetController } from './DaemonSetController';
import { DeploymentController } from './DeploymentController';
import { EndpointsController } from './EndpointsController';
import { JobController } from './JobController';
import { ReplicaSetController } from './ReplicaSetController';
import { StatefulSetController } from './StatefulSetController';
import { WorkQueue } from './WorkQueue';

const OWNER_RESOURCES: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
};

/** Runs the controllers: a change of an object enqueues it and its controller. */
export class ControllerManager {
  private readonly queues = new Map<string, WorkQueue>();

  constructor(
    private readonly ports: ControllerPorts & {
      readonly nodeNames: readonly string[];
    },
  ) {
    for (const controller of controllersOf(ports)) {
      const reconcile = (key: string) => controller.reconcile(key);
      this.queues.set(
        controller.resource,
        new WorkQueue({ clock: ports.clock, reconcile }),
      );
    }
  }

  observe({ resource, object }: ObjectChange): void {
    this.queues.get(resource)?.add(keyOf(object));
    const owner = controllerOf(object);
    if (owner) {
      const { namespace } = object.metadata;
      this.queues
        .get(OWNER_RESOURCES[owner.kind] ?? '')
        ?.add(`${namespace}/${owner.name}`);
    }
    if (resource === 'pods') this.enqueueServices(object);
  }

  stop(): void {
    for (const queue of this.queues.values()) queue.stop();
  }

  private enqueueServices(pod: KubeObject): void {
    for (const service of this.ports.objects.list(
      'services',
      pod.metadata.namespace,
    )) {
      const selector = service.spec?.selector;
      if (!selector || typeof selector !== 'object') continue;
      const selected = Object.entries(selector).every(
        ([name, value]) => pod.metadata.labels?.[name] === value,
      );
      if (selected) this.queues.get('services')?.add(keyOf(service));
    }
  }
}

function controllersOf(
  ports: ControllerPorts & { readonly nodeNames: readonly string[] },
): Controller[] {
  return [
    new DeploymentController(ports),
    new ReplicaSetController(ports),
    new StatefulSetController(ports),
    new DaemonSetController(ports),
    new JobController(ports),
    new CronJobController(ports),
    new EndpointsController(ports),
    new ClaimController(ports),
    new AutoscalerController(ports),
  ];
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
