// SPDX-License-Identifier: Apache-2.0
import { setCondition, type Condition } from '../controllers/Condition';
import type { EventRecorder, EventText } from '../controllers/EventRecorder';
import type { Objects } from '../storage/Objects';
import { timestamp } from '../storage/timestamp';
import type { Clock } from '../time/Clock';
import { imageIdOf, pseudoHash } from './imageFacts';
import type { Node } from './Nodes';
import {
  asPod,
  type Container,
  type ContainerStatus,
  type Pod,
  type PodStatus,
} from './Pod';
import {
  deriveConditions,
  newContainerStatuses,
  newStatus,
  statusOf,
} from './podStatus';

type Ports = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly events: EventRecorder;
};
type Ending = { readonly exitCode: number; readonly reason: string };
const LISTS = [
  'initContainerStatuses',
  'containerStatuses',
  'ephemeralContainerStatuses',
] as const;

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

  /** An event of the kubelet about the pod or, by its field path, a container. */
  event(text: Omit<EventText, 'component'>): void {
    const pod = this.read();
    if (!pod) return;
    const host = pod.spec.nodeName;
    this.ports.events.record(pod, { ...text, component: 'kubelet', host });
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
      Object.assign(status, newContainerStatuses(draft));
      deriveConditions(draft, this.now());
    });
  }

  /** A container runs; `podIP` is taken when the pod has none yet. */
  setRunning(name: string, podIP: () => string): void {
    this.change(name, (each, status) => {
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
        started: false,
      };
    });
  }

  /** Its startup probe has succeeded, or it has none. */
  setStarted(name: string): void {
    this.change(name, each => ({ ...each, started: true }));
  }

  setReady(name: string, ready: boolean): void {
    this.change(name, each => ({
      ...each,
      ready: ready && each.state.running !== undefined,
    }));
  }

  setTerminated(name: string, ending: Ending): void {
    this.change(name, each => this.terminated(each, ending));
  }

  /** What ended becomes the last state. Without `waiting`, the container stays terminated for now. */
  setWaiting(
    name: string,
    waiting?: { reason: string; message: string },
  ): void {
    this.change(name, each => {
      const { terminated } = each.state;
      return {
        ...each,
        lastState: terminated ? { terminated } : each.lastState,
        state: waiting ? { waiting } : each.state,
      };
    });
  }

  addEphemeral(container: Container): void {
    this.write(draft => {
      const status = statusOf(draft);
      status.ephemeralContainerStatuses = [
        ...(status.ephemeralContainerStatuses ?? []),
        newStatus(container),
      ];
    });
  }

  /** All that ran is terminated: the pod was told to end, or its work is over. */
  setStopped(ending: Ending): void {
    this.stopAll(ending);
  }

  /** The pod ended by its node’s will. */
  setFailed(why: {
    reason: string;
    message: string;
    condition: Condition;
  }): void {
    this.stopAll({ exitCode: 137, reason: 'Error' }, status => {
      status.phase = 'Failed';
      status.reason = why.reason;
      status.message = why.message;
      setCondition(status.conditions, why.condition, this.now());
    });
  }

  private stopAll(
    ending: Ending,
    more?: (status: PodStatus & { conditions: Condition[] }) => void,
  ): void {
    this.write(draft => {
      const status = statusOf(draft);
      for (const list of LISTS) {
        const present = status[list];
        if (present)
          status[list] = present.map(each =>
            each.state.running ? this.terminated(each, ending) : each,
          );
      }
      more?.(status);
      deriveConditions(draft, this.now());
    });
  }

  private terminated(
    each: ContainerStatus,
    { exitCode, reason }: Ending,
  ): ContainerStatus {
    const finishedAt = this.now();
    const startedAt = each.state.running?.startedAt ?? finishedAt;
    const containerID = each.containerID ?? '';
    const terminated = { exitCode, reason, startedAt, finishedAt, containerID };
    // An init container that did its work counts as ready.
    const ready = false;
    return { ...each, state: { terminated }, ready, started: false };
  }

  private change(
    name: string,
    next: (
      each: ContainerStatus,
      status: NonNullable<Pod['status']>,
    ) => ContainerStatus,
  ): void {
    this.write(draft => {
      const status = statusOf(draft);
      for (const list of LISTS) {
        const present = status[list];
        if (present)
          status[list] = present.map(each =>
            each.name === name ? next(each, status) : each,
          );
      }
      deriveConditions(draft, this.now());
    });
  }

  private write(change: (pod: Pod) => void): void {
    const object = this.ports.objects.get('pods', this.pod);
    // Another pod of the same name may have taken the place of this one.
    if (object?.metadata.uid !== this.pod.uid) return;
    this.ports.objects.modify('pods', this.pod, draft => change(asPod(draft)));
  }

  private now(): string {
    return timestamp(this.ports.clock.now());
  }
}
