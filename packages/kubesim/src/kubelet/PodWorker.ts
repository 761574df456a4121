// SPDX-License-Identifier: Apache-2.0
import type { EventRecorder } from '../controllers/EventRecorder';
import type { LogWriters } from '../logs/LogWriters';
import type { Behaviour } from '../scenario/Life';
import type { Objects } from '../storage/Objects';
import type { Clock, Random } from '../time/Clock';
import type { Temperament } from './Behaviours';
import { imageSizeOf } from './imageFacts';
import type { Nodes } from './Nodes';
import type { Pod } from './Pod';
import { PodRecord } from './PodRecord';

/** Waits of a restarting container: doubled each time up to the longest, forgotten after a good run. */
const FIRST_BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 300_000;
const GOOD_RUN_MS = 600_000;
const PROBE_PERIOD_MS = 10_000;
const SCHEDULING_RETRY_MS = 60_000;
const CONFIG_RETRY_MS = 30_000;
const SERVES_AFTER_SECONDS = 10;

export type WorkerPorts = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: EventRecorder;
  readonly nodes: Nodes;
  readonly logs: LogWriters;
  readonly behaviourOf: (pod: Pod) => Behaviour;
  readonly temperamentOf: (pod: Pod) => Temperament;
};

/**
 * Leads one pod through its life: scheduled → pulling → running → ready, and from running to terminated, waiting and
 * running again. One step is pending at a time (`next`); a change of behaviour or a deletion replaces it.
 */
export class PodWorker {
  private readonly record: PodRecord;
  private cancelNext = () => {};
  private cancelProbe = () => {};
  private backOffMs = 0;
  private pullFailures = 0;
  private startedAt: number | undefined;
  private running = false;
  private stopping = false;

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
    this.backOffMs = 0;
    if (!pod.spec.nodeName) this.next(100, () => this.schedule());
    else if (this.running) this.reconsiderRunning(pod);
    else {
      this.next(500, () => {
        this.record.setWaiting();
        this.start();
      });
    }
  }

  /** The pod was told to end. */
  terminate(graceSeconds: number): void {
    const pod = this.read();
    if (!pod) return;
    this.stopping = true;
    this.cancelProbe();
    for (const { name } of this.running ? pod.spec.containers : []) {
      const message = `Stopping container ${name}`;
      this.record.event({ reason: 'Killing', message }, name);
    }
    const shutDownMs = Math.min(
      graceSeconds * 1000,
      1_000 + this.jitter(1_500),
    );
    this.next(this.running ? shutDownMs : 200, () => {
      this.forget();
      this.ports.objects.delete('pods', this.pod, { gracePeriodSeconds: 0 });
    });
  }

  /** Stops all timers and ends the logs. */
  forget(): void {
    this.cancelNext();
    this.cancelProbe();
    this.running = false;
    this.ports.logs.end(this.pod.uid);
  }

  private reconsiderRunning(pod: Pod): void {
    switch (this.ports.behaviourOf(pod).type) {
      case 'unschedulable':
        this.ports.objects.delete('pods', this.pod);
        break;
      case 'healthy':
      case 'notReady':
        this.plan(pod);
        break;
      case 'crashLoop':
      case 'oom':
        this.next(200, () => this.fail());
        break;
      default:
        this.next(200, () => this.replaceContainers());
    }
  }

  private schedule(): void {
    const pod = this.read();
    if (!pod) return;
    const { events, nodes } = this.ports;
    const component = 'default-scheduler';
    if (this.ports.behaviourOf(pod).type === 'unschedulable') {
      const all = nodes.all.length;
      const message = `0/${all} nodes are available: ${all} Insufficient memory. preemption: 0/${all} nodes are available: ${all} No preemption victims found for incoming pod.`;
      this.record.setUnschedulable(message);
      events.record(pod, {
        type: 'Warning',
        reason: 'FailedScheduling',
        message,
        component,
      });
      this.next(SCHEDULING_RETRY_MS, () => this.schedule());
      return;
    }
    const node = nodes.find(pod.spec.nodeName) ?? nodes.choose();
    this.record.bind(node);
    nodes.took(node.name);
    const message = `Successfully assigned ${this.pod.namespace}/${this.pod.name} to ${node.name}`;
    events.record(pod, { reason: 'Scheduled', message, component });
    this.next(500 + this.jitter(700), () => this.start());
  }

  /** Pulls and starts the containers, or says why it cannot. */
  private start(): void {
    const pod = this.read();
    if (!pod) return;
    const { type } = this.ports.behaviourOf(pod);
    if (type === 'imageMissing') {
      this.failPull(pod);
      return;
    }
    if (type === 'configError') {
      this.failConfig(pod);
      return;
    }
    this.pullFailures = 0;
    if (this.startedAt !== undefined) {
      this.run();
      return;
    }
    const { image, name } = pod.spec.containers[0];
    this.record.event(
      { reason: 'Pulling', message: `Pulling image "${image}"` },
      name,
    );
    this.next(800 + this.jitter(1_800), () => this.run());
  }

  private run(): void {
    const pod = this.read();
    if (!pod) return;
    const { nodes, clock, logs } = this.ports;
    const again = this.startedAt !== undefined;
    this.startedAt = clock.now();
    this.running = true;
    this.record.setRunning(() =>
      nodes.nextAddress(nodes.find(pod.spec.nodeName)),
    );
    for (const { name, image } of pod.spec.containers) {
      const took = `${900 + this.jitter(900)}ms`;
      const message = again
        ? `Container image "${image}" already present on machine`
        : `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${imageSizeOf(
            image,
          )} bytes.`;
      this.record.event({ reason: 'Pulled', message }, name);
      this.record.event(
        { reason: 'Created', message: `Created container: ${name}` },
        name,
      );
      this.record.event(
        { reason: 'Started', message: `Started container ${name}` },
        name,
      );
    }
    logs.begin(pod, this.ports.temperamentOf(pod));
    this.plan(pod);
  }

  /** What comes after the start. */
  private plan(pod: Pod): void {
    const behaviour = this.ports.behaviourOf(pod);
    const readyMs =
      (pod.spec.containers[0].readinessProbe?.initialDelaySeconds ?? 1) * 1000;
    const seconds = secondsUntilEnd(behaviour);
    if (seconds !== undefined) this.next(seconds * 1000, () => this.fail());
    else if (pod.spec.restartPolicy !== 'Always') {
      const { runSeconds = 20 } = this.ports.temperamentOf(pod);
      this.next(runSeconds * 1000, () => this.finish(0, 'Completed'));
    } else this.cancelNext();
    this.cancelProbe();
    // What fails so soon never gets as far as to serve.
    if (seconds !== undefined && seconds < SERVES_AFTER_SECONDS) return;
    const slowMs =
      behaviour.type === 'slowStart' ? behaviour.seconds * 1000 : 0;
    this.probe(slowMs || readyMs + this.jitter(500));
  }

  /** The readiness probe answers after `afterMs`; a failing one is asked again. */
  private probe(afterMs: number): void {
    this.cancelProbe();
    this.cancelProbe = this.ports.clock.after(afterMs, () => {
      const pod = this.read();
      if (!pod || !this.running) return;
      const ready = this.ports.behaviourOf(pod).type !== 'notReady';
      this.record.setReady(ready);
      if (ready) return;
      const message =
        'Readiness probe failed: HTTP probe failed with statuscode: 503';
      const { name } = pod.spec.containers[0];
      this.record.event(
        { type: 'Warning', reason: 'Unhealthy', message },
        name,
      );
      this.probe(PROBE_PERIOD_MS);
    });
  }

  private fail(): void {
    const pod = this.read();
    if (!pod || !this.running) return;
    const behaviour = this.ports.behaviourOf(pod);
    if (behaviour.type === 'oom') this.finish(137, 'OOMKilled');
    else if (behaviour.type === 'crashLoop')
      this.finish(behaviour.exitCode ?? 1, 'Error');
  }

  private replaceContainers(): void {
    this.finish(143, 'Error');
    this.next(300, () => {
      this.record.setWaiting();
      this.start();
    });
  }

  /** The containers end; a pod that restarts does so at once for the first time, and then after its back-off. */
  private finish(exitCode: number, reason: string): void {
    const pod = this.read();
    if (!pod) return;
    const { restartPolicy } = pod.spec;
    const ranMs = this.ports.clock.now() - (this.startedAt ?? 0);
    this.running = false;
    this.cancelProbe();
    this.cancelNext();
    this.ports.logs.end(this.pod.uid, reason);
    this.record.setTerminated({ exitCode, reason });
    if (ranMs > GOOD_RUN_MS) this.backOffMs = 0;
    if (
      restartPolicy === 'Never' ||
      (restartPolicy === 'OnFailure' && exitCode === 0)
    )
      return;
    this.next(1_000, () => this.restart(pod));
  }

  private restart(pod: Pod): void {
    const waitMs = this.backOffMs;
    this.backOffMs = Math.min(
      LONGEST_BACK_OFF_MS,
      waitMs ? waitMs * 2 : FIRST_BACK_OFF_MS,
    );
    if (!waitMs) {
      this.record.setWaiting();
      this.start();
      return;
    }
    const inPod = `${this.pod.name}_${this.pod.namespace}(${this.pod.uid})`;
    this.record.setWaiting(container => ({
      reason: 'CrashLoopBackOff',
      message: `back-off ${durationText(
        waitMs,
      )} restarting failed container=${container} pod=${inPod}`,
    }));
    const { name } = pod.spec.containers[0];
    const message = `Back-off restarting failed container ${name} in pod ${inPod}`;
    this.record.event({ type: 'Warning', reason: 'BackOff', message }, name);
    this.next(waitMs, () => this.start());
  }

  private failPull(pod: Pod): void {
    const { image, name } = pod.spec.containers[0];
    const detail = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
    const failed = (message: string) =>
      this.record.event({ type: 'Warning', reason: 'Failed', message }, name);
    this.record.event(
      { reason: 'Pulling', message: `Pulling image "${image}"` },
      name,
    );
    failed(`Failed to pull image "${image}": ${detail}`);
    failed('Error: ErrImagePull');
    this.record.setWaiting(() => ({ reason: 'ErrImagePull', message: detail }));
    const waitMs = Math.min(
      LONGEST_BACK_OFF_MS,
      FIRST_BACK_OFF_MS * 2 ** Math.min(this.pullFailures, 8),
    );
    this.pullFailures += 1;
    this.next(2_000, () => {
      const backOff = `Back-off pulling image "${image}"`;
      this.record.event({ reason: 'BackOff', message: backOff }, name);
      failed('Error: ImagePullBackOff');
      const message = `${backOff}: ErrImagePull: ${detail}`;
      this.record.setWaiting(() => ({ reason: 'ImagePullBackOff', message }));
      this.next(waitMs, () => this.start());
    });
  }

  private failConfig(pod: Pod): void {
    const { name } = pod.spec.containers[0];
    const app = pod.metadata.labels?.['app.kubernetes.io/name'] ?? name;
    const message = `configmap "${app}-settings" not found`;
    this.record.event(
      { type: 'Warning', reason: 'Failed', message: `Error: ${message}` },
      name,
    );
    this.record.setWaiting(() => ({
      reason: 'CreateContainerConfigError',
      message,
    }));
    this.next(CONFIG_RETRY_MS, () => this.start());
  }

  /** `undefined` when the pod is gone, or going. */
  private read(): Pod | undefined {
    return this.stopping ? undefined : this.record.read();
  }

  private next(ms: number, step: () => void): void {
    this.cancelNext();
    this.cancelNext = this.ports.clock.after(ms, step);
  }

  private jitter(ms: number): number {
    return Math.floor(this.ports.random() * ms);
  }
}

/** How long a container runs before it fails; `undefined` when it does not. */
function secondsUntilEnd(behaviour: Behaviour): number | undefined {
  if (behaviour.type === 'crashLoop') return behaviour.afterSeconds ?? 3;
  return behaviour.type === 'oom' ? behaviour.afterSeconds ?? 45 : undefined;
}

function durationText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return `${minutes ? `${minutes}m` : ''}${(ms % 60_000) / 1000}s`;
}
