// SPDX-License-Identifier: Apache-2.0
import type { LogWriters } from '../logs/LogWriters';
import type { Behaviour } from '../scenario/Life';
import type { Objects } from '../storage/Objects';
import type { Clock } from '../time/Clock';
import type { Temperament } from './Behaviours';
import {
  comesBack,
  fieldPathOf,
  imageNameProblem,
  type Role,
} from './containerFacts';
import { imageSizeOf } from './imageFacts';
import { missingConfig } from './missingConfig';
import type { Container, Pod } from './Pod';
import type { PodRecord } from './PodRecord';
import { Prober, type ProbeKind } from './Prober';

/** Waits of a restarting container: doubled each time up to the longest, forgotten after a good run. */
const FIRST_BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 300_000;
const GOOD_RUN_MS = 600_000;
const CONFIG_RETRY_MS = 30_000;
const SERVES_AFTER_SECONDS = 10;
const INIT_RUN_SECONDS = 2;
const RUN_SECONDS = 20;

export type ContainerPorts = {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly logs: LogWriters;
  readonly record: PodRecord;
  readonly jitter: (ms: number) => number;
  /** Runs a step of this pod later, and keeps an error in it from going unseen. */
  readonly later: (ms: number, step: () => void) => () => void;
  /** `undefined` when the pod is gone, or going. */
  readonly read: () => Pod | undefined;
  readonly behaviour: () => Behaviour;
  readonly temperament: (pod: Pod) => Temperament;
  readonly takeAddress: () => string;
  readonly started: () => void;
  /** It ended for good. */
  readonly over: (exitCode: number) => void;
};

/**
 * Leads one container through its life: pulling → running → ready, and from running to terminated, waiting and running
 * again. One step is pending at a time (`next`); a change of behaviour or a deletion replaces it.
 */
export class ContainerWorker {
  private readonly prober: Prober;
  private cancelNext = () => {};
  private backOffMs = 0;
  private pullFailures = 0;
  private startedAt: number | undefined;
  private active = false;
  private begun = false;

  constructor(
    private readonly ports: ContainerPorts,
    readonly container: Container,
    private readonly role: Role,
  ) {
    this.prober = new Prober(container, {
      clock: { now: () => ports.clock.now(), after: ports.later },
      behaviour: ports.behaviour,
      jitter: ports.jitter,
      address: () => ports.read()?.status?.podIP ?? '',
      setReady: ready => ports.record.setReady(this.name, ready),
      setStarted: () => this.hasStarted(),
      unhealthy: message => this.warn('Unhealthy', message),
      kill: kind => this.kill(kind),
    });
  }

  get name(): string {
    return this.container.name;
  }

  get running(): boolean {
    return this.active;
  }

  begin(): void {
    this.begun = true;
    this.start();
  }

  /** The behaviour of the workload changed: it shows at once. */
  reconsider(): void {
    if (!this.begun) return;
    this.backOffMs = 0;
    if (this.active) this.reconsiderRunning();
    else if (this.role === 'main' || this.role === 'sidecar') {
      this.next(500, () => {
        this.ports.record.setWaiting(this.name);
        this.start();
      });
    }
  }

  /** Says that it is being stopped. */
  announceStop(): void {
    this.prober.stop();
    this.cancelNext();
    if (!this.active) return;
    this.event('Killing', `Stopping container ${this.name}`);
  }

  /** Stops all timers and ends the log. */
  forget(): void {
    this.cancelNext();
    this.prober.stop();
    this.active = false;
  }

  private reconsiderRunning(): void {
    switch (this.ports.behaviour().type) {
      case 'unschedulable':
      case 'evicted':
      case 'failing':
        break;
      case 'healthy':
      case 'notReady':
      case 'probeFailure':
      case 'slowStop':
        this.plan();
        this.prober.again();
        break;
      case 'crashLoop':
      case 'oom':
        this.next(200, () => this.fail());
        break;
      default:
        this.next(200, () => this.replace());
    }
  }

  /** Pulls and starts, or says why it cannot. */
  private start(): void {
    const pod = this.ports.read();
    if (!pod) return;
    const problem = imageNameProblem(this.container.image);
    if (problem) {
      this.failName(problem);
      return;
    }
    const behaviour = this.ports.behaviour();
    if (behaviour.type === 'imageMissing') {
      this.failPull();
      return;
    }
    const missing = this.missing(pod, behaviour);
    if (missing) {
      this.failConfig(missing);
      return;
    }
    this.pullFailures = 0;
    if (this.startedAt !== undefined) {
      this.run();
      return;
    }
    this.event('Pulling', `Pulling image "${this.container.image}"`);
    this.next(800 + this.ports.jitter(1_800), () => this.run());
  }

  private missing(pod: Pod, behaviour: Behaviour): string | undefined {
    const { namespace = '', labels } = pod.metadata;
    if (behaviour.type !== 'configError') {
      const { objects } = this.ports;
      return missingConfig(this.container, { objects, namespace });
    }
    const app = labels?.['app.kubernetes.io/name'] ?? this.name;
    return `configmap "${app}-settings" not found`;
  }

  private run(): void {
    const pod = this.ports.read();
    if (!pod) return;
    const { record, logs, clock } = this.ports;
    const { image } = this.container;
    const again = this.startedAt !== undefined;
    this.startedAt = clock.now();
    this.active = true;
    record.setRunning(this.name, this.ports.takeAddress);
    const took = `${900 + this.ports.jitter(900)}ms`;
    const pulled = again
      ? `Container image "${image}" already present on machine`
      : `Successfully pulled image "${image}" in ${took} (${took} including waiting). Image size: ${imageSizeOf(
          image,
        )} bytes.`;
    this.event('Pulled', pulled);
    this.event('Created', `Created container: ${this.name}`);
    this.event('Started', `Started container ${this.name}`);
    logs.begin(pod, {
      container: this.name,
      temperament: this.ports.temperament(pod),
    });
    this.plan();
    if (this.role === 'main' || this.role === 'sidecar') this.probe();
    else record.setStarted(this.name);
  }

  /** What comes after the start. */
  private plan(): void {
    const pod = this.ports.read();
    if (!pod) return;
    const seconds = secondsUntilEnd(this.ports.behaviour());
    if (seconds !== undefined) {
      this.next(seconds * 1000, () => this.fail());
      return;
    }
    const run = this.runSeconds(pod);
    if (run === undefined) this.cancelNext();
    else this.next(run * 1000, () => this.finish(0, 'Completed'));
  }

  /** How long it runs by itself; `undefined` for what serves until it is stopped. */
  private runSeconds(pod: Pod): number | undefined {
    if (this.role === 'init')
      return INIT_RUN_SECONDS + this.ports.jitter(2_000) / 1000;
    if (this.role !== 'main' || pod.spec.restartPolicy === 'Always')
      return undefined;
    return this.ports.temperament(pod).runSeconds ?? RUN_SECONDS;
  }

  private probe(): void {
    const seconds = secondsUntilEnd(this.ports.behaviour());
    // What fails so soon never gets as far as to serve.
    if (seconds !== undefined && seconds < SERVES_AFTER_SECONDS)
      this.hasStarted();
    else this.prober.begin();
  }

  private hasStarted(): void {
    this.ports.record.setStarted(this.name);
    this.ports.started();
  }

  private fail(): void {
    if (!this.active || !this.ports.read()) return;
    const behaviour = this.ports.behaviour();
    if (behaviour.type === 'oom') this.finish(137, 'OOMKilled');
    else if (behaviour.type === 'crashLoop')
      this.finish(behaviour.exitCode ?? 1, 'Error');
  }

  private kill(kind: ProbeKind): void {
    const why = `Container ${this.name} failed ${kind} probe, will be restarted`;
    this.event('Killing', why);
    this.next(1_000 + this.ports.jitter(1_500), () =>
      this.finish(143, 'Error'),
    );
  }

  private replace(): void {
    this.finish(143, 'Error');
    this.next(300, () => {
      this.ports.record.setWaiting(this.name);
      this.start();
    });
  }

  /** It ends; one that comes back does so at once for the first time, and then after its back-off. */
  private finish(exitCode: number, reason: string): void {
    const pod = this.ports.read();
    if (!pod) return;
    const ranMs = this.ports.clock.now() - (this.startedAt ?? 0);
    this.active = false;
    this.prober.stop();
    this.cancelNext();
    this.ports.logs.end(pod.metadata.uid, { container: this.name, reason });
    this.ports.record.setTerminated(this.name, { exitCode, reason });
    if (ranMs > GOOD_RUN_MS) this.backOffMs = 0;
    const { restartPolicy } = pod.spec;
    if (comesBack(this.role, { restartPolicy, exitCode }))
      this.next(1_000, () => this.restart());
    else this.ports.over(exitCode);
  }

  private restart(): void {
    const pod = this.ports.read();
    if (!pod) return;
    const waitMs = this.backOffMs;
    this.backOffMs = Math.min(
      LONGEST_BACK_OFF_MS,
      waitMs ? waitMs * 2 : FIRST_BACK_OFF_MS,
    );
    if (!waitMs) {
      this.ports.record.setWaiting(this.name);
      this.start();
      return;
    }
    const { name, namespace, uid } = pod.metadata;
    const inPod = `${name}_${namespace}(${uid})`;
    const message = `back-off ${durationText(
      waitMs,
    )} restarting failed container=${this.name} pod=${inPod}`;
    this.ports.record.setWaiting(this.name, {
      reason: 'CrashLoopBackOff',
      message,
    });
    this.warn(
      'BackOff',
      `Back-off restarting failed container ${this.name} in pod ${inPod}`,
    );
    this.next(waitMs, () => this.start());
  }

  private failPull(): void {
    const { image } = this.container;
    const detail = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
    this.event('Pulling', `Pulling image "${image}"`);
    this.warn('Failed', `Failed to pull image "${image}": ${detail}`);
    this.warn('Failed', 'Error: ErrImagePull');
    this.wait('ErrImagePull', detail);
    const waitMs = Math.min(
      LONGEST_BACK_OFF_MS,
      FIRST_BACK_OFF_MS * 2 ** Math.min(this.pullFailures, 8),
    );
    this.pullFailures += 1;
    this.next(2_000, () => {
      const backOff = `Back-off pulling image "${image}"`;
      this.event('BackOff', backOff);
      this.warn('Failed', 'Error: ImagePullBackOff');
      this.wait('ImagePullBackOff', `${backOff}: ErrImagePull: ${detail}`);
      this.next(waitMs, () => this.start());
    });
  }

  private failName(problem: string): void {
    this.warn('InspectFailed', problem);
    this.warn('Failed', 'Error: InvalidImageName');
    this.wait('InvalidImageName', problem);
  }

  private failConfig(message: string): void {
    this.warn('Failed', `Error: ${message}`);
    this.wait('CreateContainerConfigError', message);
    this.next(CONFIG_RETRY_MS, () => this.start());
  }

  private wait(reason: string, message: string): void {
    this.ports.record.setWaiting(this.name, { reason, message });
  }

  private event(reason: string, message: string): void {
    const fieldPath = fieldPathOf(this.role, this.name);
    this.ports.record.event({ reason, message, fieldPath });
  }

  private warn(reason: string, message: string): void {
    const fieldPath = fieldPathOf(this.role, this.name);
    this.ports.record.event({ type: 'Warning', reason, message, fieldPath });
  }

  private next(ms: number, step: () => void): void {
    this.cancelNext();
    this.cancelNext = this.ports.later(ms, step);
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
