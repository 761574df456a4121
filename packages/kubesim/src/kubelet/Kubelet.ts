// SPDX-License-Identifier: Apache-2.0
import { controllerOf } from '../controllers/ControllerPorts';
import type { PodIndex } from '../controllers/PodIndex';
import type { Behaviour } from '../scenario/Life';
import type { KubeObject, ObjectChange } from '../storage/Objects';
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
    if (resource === 'nodes' || resource === 'persistentvolumeclaims')
      this.retryScheduling(object);
    if (resource !== 'pods') return;
    const pod = asPod(object);
    if (type === 'ADDED') this.begin(pod);
    else if (type === 'DELETED') this.end(pod);
    else if (pod.metadata.deletionTimestamp) this.terminate(pod);
    else this.workers.get(pod.metadata.uid)?.observe(pod);
  }

  /** The node of these pods is short of something. Returns how many pods it evicts. */
  evict(
    workload: { resource: string; namespace?: string; name: string },
    lacking: string,
  ): number {
    const found = this.workersOf(workload.resource, workload);
    for (const worker of found) worker.evict(lacking);
    return found.length;
  }

  /** How this very pod behaves. */
  behaviourOf(pod: Pod): Behaviour {
    return this.ports.behaviours.behaviourOf(pod, this.siblingsOf(pod));
  }

  /** Shows a change of behaviour on the pods of a workload. */
  reconsider(
    resource: string,
    where: { namespace?: string; name: string },
  ): void {
    for (const worker of this.workersOf(resource, where)) worker.reconsider();
  }

  stop(): void {
    for (const worker of this.workers.values()) worker.forget();
    this.workers.clear();
  }

  /** A node or a claim changed: pods that wait for a place look again. */
  private retryScheduling({ metadata, status }: KubeObject): void {
    const { namespace } = metadata;
    if (namespace !== undefined && status?.phase !== 'Bound') return;
    for (const object of this.ports.objects.list('pods', namespace)) {
      const { spec, metadata: pod } = asPod(object);
      if (spec.nodeName === undefined)
        this.workers.get(pod.uid)?.retryScheduling();
    }
  }

  private workersOf(
    resource: string,
    where: { namespace?: string; name: string },
  ): PodWorker[] {
    return this.ports.objects
      .list('pods', where.namespace)
      .map(asPod)
      .filter(pod =>
        this.ports.behaviours
          .ownersOf(pod)
          .some(
            owner => owner.resource === resource && owner.name === where.name,
          ),
      )
      .flatMap(({ metadata }) => this.workers.get(metadata.uid) ?? []);
  }

  private terminate(pod: Pod): void {
    const { uid, deletionGracePeriodSeconds = 30 } = pod.metadata;
    const worker = this.workers.get(uid);
    if (worker) worker.terminate(deletionGracePeriodSeconds);
    // Bulk data has no worker: it just goes. Where there are no nodes, nobody finishes a pod.
    else if (this.ports.nodes.all.length > 0)
      this.ports.clock.after(0, () => this.remove(pod));
  }

  private remove({ metadata }: Pod): void {
    const present = this.ports.objects.get('pods', metadata);
    if (present?.metadata.uid === metadata.uid)
      this.ports.objects.delete('pods', metadata, { gracePeriodSeconds: 0 });
  }

  private begin(pod: Pod): void {
    // Without nodes there is neither scheduler nor kubelet.
    if (this.ports.nodes.all.length === 0) return;
    // A pod that is loaded with a running status (bulk data) stays as it is given.
    if (pod.status?.phase && pod.status.phase !== 'Pending') return;
    const { namespace = 'default', name, uid } = pod.metadata;
    const { behaviours } = this.ports;
    const worker = new PodWorker(
      {
        ...this.ports,
        behaviourOf: of => this.behaviourOf(of),
        temperamentOf: of => behaviours.of(of),
      },
      { namespace, name, uid },
    );
    this.workers.set(uid, worker);
    worker.begin();
  }

  private siblingsOf({ metadata }: Pod): () => readonly string[] {
    const owner = controllerOf({ metadata });
    const { namespace, name } = metadata;
    return () =>
      owner
        ? this.ports.pods
            .of({ uid: owner.uid, namespace })
            .map(({ metadata: { name: sibling } }) => sibling)
        : [name];
  }

  private end(pod: Pod): void {
    const { uid } = pod.metadata;
    this.workers.get(uid)?.forget();
    this.workers.delete(uid);
    this.ports.nodes.released(pod);
    this.ports.logs.drop(uid);
  }
}
