// SPDX-License-Identifier: Apache-2.0
import type { UsageMeter } from '../metrics/UsageMeter';
import { asPod } from '../kubelet/Pod';
import type {
  KubeObject,
  ObjectChange,
  OwnerReference,
  Where,
} from '../storage/Objects';
import { selectorMatches } from '../storage/selectors/LabelSelector';
import { AutoscalerController } from './AutoscalerController';
import { ClaimController } from './ClaimController';
import { controllerOf, type Controller } from './ControllerPorts';
import { CronJobController } from './CronJobController';
import { DaemonSetController } from './DaemonSetController';
import { DeploymentController } from './DeploymentController';
import { BUDGETS, DisruptionController } from './DisruptionController';
import { selects, type Service } from './endpoints';
import { EndpointsController } from './EndpointsController';
import { GarbageCollector } from './GarbageCollector';
import { ApplicationController } from './gitops/ApplicationController';
import type { GitOpsPorts } from './gitops/GitOpsPorts';
import { HelmReleaseController } from './gitops/HelmReleaseController';
import { KustomizationController } from './gitops/KustomizationController';
import { JobController } from './JobController';
import { ReplicaSetController } from './ReplicaSetController';
import { StatefulSetController } from './StatefulSetController';
import { WorkQueue } from './WorkQueue';

const REPLICA_SETS = 'replicasets.apps';
const OWNER_RESOURCES: Readonly<Record<string, string>> = {
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
};

/** What the controllers together work with. */
export type ManagerPorts = GitOpsPorts & {
  readonly meter: UsageMeter;
  readonly resourceOf?: (owner: OwnerReference) => string | undefined;
};

/** Runs the controllers: a change of an object enqueues it and its controller. */
export class ControllerManager {
  private readonly queues = new Map<string, WorkQueue>();
  private readonly garbage: GarbageCollector;

  constructor(private readonly ports: ManagerPorts) {
    const { clock, errors } = ports;
    const { resourceOf = () => undefined } = ports;
    this.garbage = new GarbageCollector({ ...ports, resourceOf });
    for (const controller of controllersOf(ports)) {
      const { resource } = controller;
      const queue = new WorkQueue({
        clock,
        reconcile: key => controller.reconcile(key),
        failed: (key, error) => errors.record(resource, key, error),
      });
      this.queues.set(resource, queue);
    }
  }

  observe(change: ObjectChange): void {
    const { resource, object } = change;
    this.garbage.observe(change);
    this.queues.get(resource)?.add(keyOf(object));
    const before = change.previous && controllerOf(change.previous);
    const owner = controllerOf(object) ?? before;
    if (owner) {
      const { namespace } = object.metadata;
      this.queues
        .get(OWNER_RESOURCES[owner.kind] ?? '')
        ?.add(`${namespace}/${owner.name}`);
    }
    if (resource === 'pods') this.enqueueSelecting(object);
    if (resource === 'nodes') this.enqueueAll('daemonsets.apps');
  }

  /** Has an object looked at again, since something beside it changed. */
  enqueue(resource: string, where: Where): void {
    this.queues.get(resource)?.add(keyOf({ metadata: where }));
  }

  stop(): void {
    this.garbage.stop();
    for (const queue of this.queues.values()) queue.stop();
  }

  /** What looks at pods without owning them: services, budgets, and claims that wait for a pod. */
  private enqueueSelecting(pod: KubeObject): void {
    const { namespace, labels = {} } = pod.metadata;
    for (const service of this.ports.objects.list('services', namespace)) {
      const selector: Service['spec'] = service.spec;
      if (selector?.selector && selects(selector.selector, asPod(pod)))
        this.enqueue('services', service.metadata);
    }
    for (const budget of this.ports.objects.list(BUDGETS, namespace)) {
      if (selectorMatches(budget.spec?.selector, labels))
        this.enqueue(BUDGETS, budget.metadata);
    }
    if (!controllerOf(pod)) this.enqueueAdopters(pod);
    if (pod.spec?.nodeName !== undefined) return;
    for (const { persistentVolumeClaim } of asPod(pod).spec.volumes ?? []) {
      const name = persistentVolumeClaim?.claimName;
      if (name) this.enqueue('persistentvolumeclaims', { namespace, name });
    }
  }

  /** A pod without a controller may fit one. */
  private enqueueAdopters({ metadata }: KubeObject): void {
    const sets = this.ports.objects.list(REPLICA_SETS, metadata.namespace);
    for (const { spec, metadata: set } of sets) {
      if (selectorMatches(spec?.selector, metadata.labels ?? {}))
        this.enqueue(REPLICA_SETS, set);
    }
  }

  private enqueueAll(resource: string): void {
    for (const { metadata } of this.ports.objects.list(resource))
      this.enqueue(resource, metadata);
  }
}

function controllersOf(ports: ManagerPorts): Controller[] {
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
    new DisruptionController(ports),
    new HelmReleaseController(ports),
    new KustomizationController(ports),
    new ApplicationController(ports),
  ];
}

function keyOf({ metadata }: { metadata: Where }): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
