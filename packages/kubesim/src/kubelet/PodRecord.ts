// SPDX-License-Identifier: Apache-2.0
import type { EventRecorder, EventText } from '../controllers/EventRecorder';
import type { Objects } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import { imageIdOf, pseudoHash } from './imageFacts';
import type { Node } from './Nodes';
import { asPod, type ContainerStatus, type Pod } from './Pod';
import { deriveConditions, newContainerStatuses, statusOf } from './podStatus';

type Ports = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly events: EventRecorder;
};
type Ending = { readonly exitCode: number; readonly reason: string };

/** Reads and writes one pod as its kubelet does: whole status changes, conditions derived, events beside. */
export class PodRecord {
  constructor(
    private readonly ports: Ports,
    private readonly pod: { namespace: string; name: string; uid: string },
  ) {}

  read(): Pod | undefined {
    const object = this.ports.objects.get('pods', this.pod);
    return object?.metadata.uid === this.pod.uid ? asPod(object) : undefined;
  }

  /** An event of the kubelet about a container. */
  event(
    text: Omit<EventText, 'component' | 'fieldPath'>,
    container: string,
  ): void {
    const pod = this.read();
    if (!pod) return;
    const fieldPath = `spec.containers{${container}}`;
    const host = pod.spec.nodeName;
    this.ports.events.record(pod, {
      ...text,
      fieldPath,
      component: 'kubelet',
      host,
    });
  }

  setUnschedulable(message: string): void {
    this.write(draft => {
      const status = statusOf(draft);
      const present = status.conditions.find(
        ({ type }) => type === 'PodScheduled',
      );
      status.conditions = [
        {
          type: 'PodScheduled',
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: present?.lastTransitionTime ?? this.now(),
          reason: 'Unschedulable',
          message,
        },
      ];
    });
  }

  bind(node: Node): void {
    this.write(draft => {
      draft.spec.nodeName = node.name;
      const status = statusOf(draft);
      status.conditions = [];
      status.hostIP = node.ip;
      status.hostIPs = [{ ip: node.ip }];
      status.startTime = this.now();
      status.containerStatuses = newContainerStatuses(draft);
      deriveConditions(draft, this.now());
    });
  }

  /** All containers run; `podIP` is taken when the pod has none yet. */
  setRunning(podIP: () => string): void {
    this.change((each, status) => {
      status.podIP ??= podIP();
      status.podIPs = [{ ip: status.podIP }];
      const restarted = each.lastState.terminated !== undefined;
      const id = pseudoHash(
        `${this.pod.uid}/${each.name}/${this.ports.clock.now()}`,
        64,
      );
      return {
        ...each,
        state: { running: { startedAt: this.now() } },
        restartCount: each.restartCount + (restarted ? 1 : 0),
        imageID: imageIdOf(each.image),
        containerID: `containerd://${id}`,
        ready: false,
        started: true,
      };
    });
  }

  setReady(ready: boolean): void {
    this.change(each => ({
      ...each,
      ready: ready && each.state.running !== undefined,
    }));
  }

  setTerminated({ exitCode, reason }: Ending): void {
    const finishedAt = this.now();
    this.change(each => {
      const startedAt = each.state.running?.startedAt ?? finishedAt;
      const containerID = each.containerID ?? '';
      const terminated = {
        exitCode,
        reason,
        startedAt,
        finishedAt,
        containerID,
      };
      return { ...each, state: { terminated }, ready: false, started: false };
    });
  }

  /** What ended becomes the last state. Without `waiting`, the container stays terminated for now. */
  setWaiting(
    waiting?: (container: string) => { reason: string; message: string },
  ): void {
    this.change(each => {
      const { terminated } = each.state;
      return {
        ...each,
        lastState: terminated ? { terminated } : each.lastState,
        state: waiting ? { waiting: waiting(each.name) } : each.state,
      };
    });
  }

  private change(
    next: (
      each: ContainerStatus,
      status: NonNullable<Pod['status']>,
    ) => ContainerStatus,
  ): void {
    this.write(draft => {
      const status = statusOf(draft);
      const present = status.containerStatuses ?? newContainerStatuses(draft);
      status.containerStatuses = present.map(each => next(each, status));
      deriveConditions(draft, this.now());
    });
  }

  private write(change: (pod: Pod) => void): void {
    this.ports.objects.modify('pods', this.pod, draft => change(asPod(draft)));
  }

  private now(): string {
    return timestamp(this.ports.clock.now());
  }
}
