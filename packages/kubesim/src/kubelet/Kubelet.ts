// SPDX-License-Identifier: Apache-2.0
import { controllerOf } from '../controllers/ControllerPorts';
import type { PodIndex } from '../controllers/PodIndex';
import type { ObjectChange } from '../storage/Objects';
import type { Behaviours } from './Behaviours';
import { asPod, type Pod } from './Pod';
import { PodWorker, type WorkerPorts } from './PodWorker';

type Ports = Omit<WorkerPorts, 'behaviourOf' | 'temperamentOf'> & {
  readonly behaviours: Behaviours;
  readonly pods: PodIndex;
};

/** Gives every pod of the cluster a worker, for as long as the pod is there. Stands for scheduler and kubelets alike. */
export class Kubelet {
  private readonly workers = new Map<string, PodWorker>();

  constructor(private readonly ports: Ports) {}

  observe({ type, resource, object }: ObjectChange): void {
    if (resource !== 'pods') return;
    const pod = asPod(object);
    if (type === 'ADDED') this.begin(pod);
    else if (type === 'DELETED') this.end(pod);
    else if (pod.metadata.deletionTimestamp) {
      this.workers
        .get(pod.metadata.uid)
        ?.terminate(pod.metadata.deletionGracePeriodSeconds ?? 30);
    }
  }

  /** Shows a change of behaviour on the pods of a workload. */
  reconsider(
    resource: string,
    where: { namespace?: string; name: string },
  ): void {
    for (const object of this.ports.objects.list('pods', where.namespace)) {
      const pod = asPod(object);
      const owned = this.ports.behaviours
        .ownersOf(pod)
        .some(
          owner => owner.resource === resource && owner.name === where.name,
        );
      if (owned) this.workers.get(pod.metadata.uid)?.reconsider();
    }
  }

  stop(): void {
    for (const worker of this.workers.values()) worker.forget();
    this.workers.clear();
  }

  private begin(pod: Pod): void {
    // A pod that is loaded with a running status (bulk data) stays as it is given.
    if (pod.status?.phase && pod.status.phase !== 'Pending') return;
    const { namespace = 'default', name, uid } = pod.metadata;
    const { behaviours, pods } = this.ports;
    const siblings = (of: Pod) => () => {
      const owner = controllerOf(of);
      return owner
        ? pods
            .of({ uid: owner.uid, namespace })
            .map(({ metadata }) => metadata.name)
        : [name];
    };
    const worker = new PodWorker(
      {
        ...this.ports,
        behaviourOf: of => behaviours.behaviourOf(of, siblings(of)),
        temperamentOf: of => behaviours.of(of),
      },
      { namespace, name, uid },
    );
    this.workers.set(uid, worker);
    worker.begin();
  }

  private end(pod: Pod): void {
    const { uid } = pod.metadata;
    this.workers.get(uid)?.forget();
    this.workers.delete(uid);
    this.ports.nodes.released(pod);
    this.ports.logs.drop(uid);
  }
}
