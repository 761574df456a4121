// SPDX-License-Identifier: Apache-2.0
import type { Behaviour } from '../scenario/Life';
import type { Clock } from '../time/Clock';
import type { Container, Probe } from './Pod';

export type ProbeKind = 'readiness' | 'liveness' | 'startup';
const PERIOD_SECONDS = 10;
const FAILURES = 3;
/** How long a container without a readiness probe takes to serve. */
const SETTLE_SECONDS = 1;

type Ports = {
  readonly clock: Clock;
  readonly behaviour: () => Behaviour;
  readonly jitter: (ms: number) => number;
  /** Where a probe of the container would go to. */
  readonly address: () => string;
  readonly setReady: (ready: boolean) => void;
  readonly setStarted: () => void;
  readonly unhealthy: (message: string) => void;
  /** The container has to be killed and started again. */
  readonly kill: (kind: ProbeKind) => void;
};

/**
 * Asks the probes of one run of a container: startup first, then readiness and liveness. What the behaviour says is
 * what a probe finds. A probe that succeeds is not asked again until the behaviour changes, so that healthy pods cost
 * nothing.
 */
export class Prober {
  private readonly cancels = new Map<ProbeKind, () => void>();
  private startedAt = 0;
  private started = false;
  private ready = false;

  constructor(
    private readonly container: Container,
    private readonly ports: Ports,
  ) {}

  /** A run begins. */
  begin(): void {
    this.startedAt = this.ports.clock.now();
    this.started = false;
    this.ready = false;
    const { startupProbe } = this.container;
    if (!startupProbe) this.serve();
    else {
      const delayMs = (startupProbe.initialDelaySeconds ?? 0) * 1000;
      this.later('startup', delayMs + this.ports.jitter(500), () =>
        this.startUp(startupProbe, 0),
      );
    }
  }

  /** The behaviour changed while the container runs. */
  again(): void {
    this.startedAt = this.ports.clock.now();
    if (this.started) this.serve();
  }

  stop(): void {
    for (const cancel of this.cancels.values()) cancel();
    this.cancels.clear();
  }

  private startUp(probe: Probe, failures: number): void {
    const waitsMs = this.slowMs() - this.ranMs();
    if (waitsMs <= 0 && !this.fails('startup')) {
      this.serve();
      return;
    }
    this.failed('startup', probe, failures, () =>
      this.startUp(probe, failures + 1),
    );
  }

  private serve(): void {
    if (!this.started) {
      this.started = true;
      this.ports.setStarted();
    }
    this.askReadiness();
    this.askLiveness(0);
  }

  private askReadiness(): void {
    const probe = this.container.readinessProbe;
    const delayMs = (probe?.initialDelaySeconds ?? SETTLE_SECONDS) * 1000;
    const slowMs = this.container.startupProbe ? 0 : this.slowMs();
    const wait = slowMs || delayMs + this.ports.jitter(500);
    this.later('readiness', wait, () => this.readiness(probe ?? {}, 0));
  }

  private readiness(probe: Probe, failures: number): void {
    if (!this.fails('readiness')) {
      this.ready = true;
      this.ports.setReady(true);
      return;
    }
    // What serves is taken out only after some failures in a row; what never served stays out.
    const many = failures + 1 >= (probe.failureThreshold ?? FAILURES);
    if (!this.ready || many) {
      this.ready = false;
      this.ports.setReady(false);
    }
    this.ports.unhealthy(this.text('readiness', probe));
    this.later('readiness', periodMs(probe), () =>
      this.readiness(probe, failures + 1),
    );
  }

  private askLiveness(failures: number): void {
    const probe = this.container.livenessProbe;
    this.cancel('liveness');
    if (!probe || !this.fails('liveness')) return;
    const first = failures === 0 ? (probe.initialDelaySeconds ?? 0) * 1000 : 0;
    this.later('liveness', first + periodMs(probe), () => {
      if (!this.fails('liveness')) return;
      this.failed('liveness', probe, failures, () =>
        this.askLiveness(failures + 1),
      );
    });
  }

  private failed(
    kind: 'startup' | 'liveness',
    probe: Probe,
    failures: number,
    next: () => void,
  ): void {
    this.ports.unhealthy(this.text(kind, probe));
    if (failures + 1 >= (probe.failureThreshold ?? FAILURES)) {
      this.stop();
      this.ports.kill(kind);
    } else if (kind === 'startup') this.later(kind, periodMs(probe), next);
    else next();
  }

  private fails(kind: ProbeKind): boolean {
    const behaviour = this.ports.behaviour();
    if (behaviour.type === 'notReady') return kind === 'readiness';
    return behaviour.type === 'probeFailure' && behaviour.probe === kind;
  }

  private slowMs(): number {
    const behaviour = this.ports.behaviour();
    return behaviour.type === 'slowStart' ? behaviour.seconds * 1000 : 0;
  }

  private ranMs(): number {
    return this.ports.clock.now() - this.startedAt;
  }

  private text(kind: ProbeKind, probe: Probe): string {
    const name = `${kind[0].toUpperCase()}${kind.slice(1)}`;
    return `${name} probe failed: ${answerOf(probe, this.ports.address())}`;
  }

  private later(kind: ProbeKind, ms: number, run: () => void): void {
    this.cancel(kind);
    this.cancels.set(kind, this.ports.clock.after(ms, run));
  }

  private cancel(kind: ProbeKind): void {
    this.cancels.get(kind)?.();
    this.cancels.delete(kind);
  }
}

/** What a kubelet finds when a probe fails. */
function answerOf(probe: Probe, address: string): string {
  if (probe.exec) return 'command exited with 1';
  if (probe.tcpSocket)
    return `dial tcp ${address}:${
      probe.tcpSocket.port ?? 0
    }: connect: connection refused`;
  if (probe.grpc) return 'service unhealthy (responded with "NOT_SERVING")';
  return 'HTTP probe failed with statuscode: 503';
}

function periodMs({ periodSeconds = PERIOD_SECONDS }: Probe): number {
  return periodSeconds * 1000;
}
