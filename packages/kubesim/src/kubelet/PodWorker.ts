// SPDX-License-Identifier: Apache-2.0
import type { ControllerErrors } from '../controllers/ControllerErrors';
import type { EventRecorder } from '../controllers/EventRecorder';
import type { LogWriters } from '../logs/LogWriters';
import type { Behaviour } from '../scenario/Life';
import type { Objects } from '../storage/Objects';
import type { Clock, Random } from '../time/Clock';
import type { Temperament } from './Behaviours';
import { initsOf, mainsOf, type Placed } from './containerFacts';
import { ContainerWorker } from './ContainerWorker';
import { evictionOf } from './evictionOf';
import { missingVolume } from './missingVolume';
import type { Nodes } from './Nodes';
import type { Pod } from './Pod';
import { PodRecord } from './PodRecord';
import { placeFor } from './placeFor';

const SCHEDULING_RETRY_MS = 60_000;
/** First; then doubled up to the other. */
const SOON_MS = 1_000;
/** As the kubelet waits between two attempts to mount a volume: doubled from the first to the last. */
const FIRST_MOUNT_RETRY_MS = 500;
const MAX_MOUNT_RETRY_MS = 122_000;
const KILLED = { exitCode: 137, reason: 'Error' };
const STOPPED = { exitCode: 0, reason: 'Completed' };

export type WorkerPorts = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventRecorder;
  readonly errors: ControllerErrors;
  readonly nodes: Nodes;
  readonly logs: LogWriters;
  readonly behaviourOf: (pod: Pod) => Behaviour;
  readonly temperamentOf: (pod: Pod) => Temperament;
};

/**
 * Leads one pod through its life: scheduled → init containers one after the other → main containers → told to end, or
 * evicted. Sidecars begin in the order of the init containers and go on beside the main ones. What happens to each
 * container is the affair of its ContainerWorker.
 */
export class PodWorker {
  private readonly record: PodRecord;
  private readonly containers = new Map<string, ContainerWorker>();
  private cancelNext = () => {};
  private inits: Placed[] = [];
  private stopping = false;
  private attempts = 0;
  /** Whether it has its volumes, and its containers their turn. */
  private started = false;
  private mountRetryMs = FIRST_MOUNT_RETRY_MS / 2;

  constructor(
    private readonly ports: WorkerPorts,
    private readonly pod: { namespace: string; name: string; uid: string },
  ) {
    this.record = new PodRecord(ports, pod);
  }

  begin(): void {
    this.next(this.jitter(150), () => this.schedule());
  }

  /** The behaviour of the workload changed: it shows at once. */
  reconsider(): void {
    const pod = this.read();
    if (!pod) return;
    const { type } = this.ports.behaviourOf(pod);
    if (!pod.spec.nodeName) this.next(100, () => this.schedule());
    else if (type === 'unschedulable')
      this.ports.objects.delete('pods', this.pod);
    else if (this.started) {
      this.planEviction(pod);
      for (const worker of this.containers.values()) worker.reconsider();
    }
  }

  /** What kept it from being placed may be over. */
  retryScheduling(): void {
    if (this.read()?.spec.nodeName !== undefined) return;
    this.next(this.jitter(150), () => this.schedule());
  }

  /** Ephemeral containers may have been added. */
  observe(pod: Pod): void {
    if (this.stopping || !pod.spec.nodeName) return;
    for (const container of pod.spec.ephemeralContainers ?? []) {
      if (this.containers.has(container.name)) continue;
      const worker = this.workerFor({ container, role: 'ephemeral' });
      this.record.addEphemeral(container);
      worker.begin();
    }
  }

  /** The pod was told to end. */
  terminate(graceSeconds: number): void {
    const pod = this.read();
    if (!pod) return;
    this.stopping = true;
    const workers = [...this.containers.values()];
    const running = workers.some(worker => worker.running);
    for (const worker of workers) worker.announceStop();
    const behaviour = this.ports.behaviourOf(pod);
    const wantedMs =
      behaviour.type === 'slowStop'
        ? behaviour.seconds * 1000
        : 1_000 + this.jitter(1_500);
    const late = wantedMs > graceSeconds * 1000;
    const shutDownMs = Math.min(graceSeconds * 1000, wantedMs);
    this.next(running ? shutDownMs : 200, () => {
      this.forget();
      if (running) this.record.setStopped(late ? KILLED : STOPPED);
      this.ports.objects.delete('pods', this.pod, { gracePeriodSeconds: 0 });
    });
  }

  /** The node is short of something: the pod fails, and stays to say so. */
  evict(resource: string): void {
    const pod = this.read();
    if (!pod) return;
    this.stopping = true;
    for (const worker of this.containers.values()) worker.announceStop();
    const { message, condition } = evictionOf(pod, resource);
    this.record.event({ type: 'Warning', reason: 'Evicted', message });
    this.forget();
    this.record.setFailed({ reason: 'Evicted', message, condition });
  }

  /** Stops all timers and ends the logs. */
  forget(): void {
    this.cancelNext();
    for (const worker of this.containers.values()) worker.forget();
    this.ports.logs.end(this.pod.uid);
  }

  private schedule(): void {
    const pod = this.read();
    if (!pod) return;
    const { events, nodes, objects } = this.ports;
    const component = 'default-scheduler';
    const place = placeFor(pod, {
      objects,
      nodes,
      behaviour: this.ports.behaviourOf(pod),
    });
    if ('waiting' in place) {
      this.next(SOON_MS, () => this.schedule());
      return;
    }
    if ('unschedulable' in place) {
      const message = place.unschedulable;
      this.record.setUnschedulable(message);
      const type = 'Warning';
      const reason = 'FailedScheduling';
      events.record(pod, { type, reason, message, component });
      const waitMs = place.soon
        ? Math.min(SCHEDULING_RETRY_MS, SOON_MS * 2 ** this.attempts)
        : SCHEDULING_RETRY_MS;
      this.attempts += 1;
      this.next(waitMs, () => this.schedule());
      return;
    }
    const { node } = place;
    this.record.bind(node);
    nodes.took(node.name);
    const message = `Successfully assigned ${this.pod.namespace}/${this.pod.name} to ${node.name}`;
    events.record(pod, { reason: 'Scheduled', message, component });
    this.next(500 + this.jitter(700), () => this.start());
  }

  private start(): void {
    const pod = this.read();
    if (!pod) return;
    const message = missingVolume(pod, this.ports.objects);
    if (message) {
      const reason = 'FailedMount';
      this.record.event({ type: 'Warning', reason, message });
      this.mountRetryMs = Math.min(MAX_MOUNT_RETRY_MS, this.mountRetryMs * 2);
      this.next(this.mountRetryMs, () => this.start());
      return;
    }
    this.started = true;
    this.inits = initsOf(pod);
    this.planEviction(pod);
    this.proceed();
  }

  /** The next init container; after the last, the main ones. */
  private proceed(): void {
    const pod = this.read();
    if (!pod) return;
    const next = this.inits.shift();
    if (next) this.workerFor(next).begin();
    else for (const placed of mainsOf(pod)) this.workerFor(placed).begin();
  }

  private workerFor({ container, role }: Placed): ContainerWorker {
    const { objects, clock, logs, nodes } = this.ports;
    let passed = false;
    const worker = new ContainerWorker(
      {
        objects,
        clock,
        logs,
        record: this.record,
        jitter: ms => this.jitter(ms),
        later: (ms, step) => this.later(ms, step),
        read: () => this.read(),
        behaviour: () => this.behaviourIn(container.name, role),
        temperament: this.ports.temperamentOf,
        takeAddress: () =>
          nodes.nextAddress(nodes.find(this.read()?.spec.nodeName)),
        started: () => {
          // A sidecar lets the next begin as soon as it has started.
          if (role !== 'sidecar' || passed) return;
          passed = true;
          this.proceed();
        },
        over: exitCode => {
          if (role === 'init' && exitCode === 0) this.proceed();
          else if (role !== 'ephemeral') this.concludeIfOver();
        },
      },
      container,
      role,
    );
    this.containers.set(container.name, worker);
    return worker;
  }

  /** When all that has to end has ended, the sidecars are stopped. */
  private concludeIfOver(): void {
    const pod = this.read();
    const phase = pod?.status?.phase;
    if (phase !== 'Succeeded' && phase !== 'Failed') return;
    for (const worker of this.containers.values()) worker.announceStop();
    this.forget();
    this.record.setStopped(STOPPED);
  }

  private behaviourIn(container: string, role: Placed['role']): Behaviour {
    const pod = this.read();
    const behaviour: Behaviour = pod
      ? this.ports.behaviourOf(pod)
      : { type: 'healthy' };
    const named = 'container' in behaviour ? behaviour.container : undefined;
    const meant = named === undefined ? role === 'main' : named === container;
    return meant ? behaviour : { type: 'healthy' };
  }

  private planEviction(pod: Pod): void {
    this.cancelNext();
    const behaviour = this.ports.behaviourOf(pod);
    if (behaviour.type !== 'evicted') return;
    const { resource = 'memory', afterSeconds = 30 } = behaviour;
    this.next(afterSeconds * 1000, () => this.evict(resource));
  }

  /** `undefined` when the pod is gone, or going. */
  private read(): Pod | undefined {
    return this.stopping ? undefined : this.record.read();
  }

  private next(ms: number, step: () => void): void {
    this.cancelNext();
    this.cancelNext = this.later(ms, step);
  }

  private later(ms: number, step: () => void): () => void {
    return this.ports.clock.after(ms, () => {
      try {
        step();
      } catch (error) {
        const { namespace, name } = this.pod;
        this.ports.errors.record('kubelet', `${namespace}/${name}`, error);
      }
    });
  }

  private jitter(ms: number): number {
    return Math.floor(this.ports.random() * ms);
  }
}
