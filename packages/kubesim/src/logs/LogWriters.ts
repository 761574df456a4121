// SPDX-License-Identifier: Apache-2.0
import type { Temperament } from '../kubelet/Behaviours';
import type { Pod } from '../kubelet/Pod';
import type { Clock, Random } from '../time/Clock';
import { createRandom } from '../time/createRandom';
import type { LineContext } from './LineContext';
import { LogBuffer } from './LogBuffer';
import type { LogProfile } from './LogProfile';
import type { ContainerRun, LogSource } from './LogSource';
import { endLines, startLines, writeLines } from './writeLine';

/** Lines that are due within this time are written together, so that a loud run does not take a timer for each. */
const MIN_WAIT_MS = 10;
/** A run that was not looked at for longer begins again this far back: lines nobody can read are not made. */
const MAX_CATCH_UP_MS = 900_000;
const DEFAULT_LOGS = { profile: 'plain', perMinute: 6 } as const;

type Run = {
  readonly buffer: LogBuffer;
  readonly profile: LogProfile;
  readonly intervalMs: number;
  readonly module: string;
  readonly pod: string;
  /** Its own, so that reading one log changes no other. */
  readonly random: Random;
  nextAt: number;
  count: number;
  /** While the next line is waited for. */
  cancelNext?: () => void;
};
type Containers = Map<string, { current: Run; previous: Run | undefined }>;

/** Writes the logs of all running containers; of those that are followed each line when it is due. */
export class LogWriters implements LogSource {
  private readonly pods = new Map<string, Containers>();

  constructor(private readonly ports: { clock: Clock; random: Random }) {}

  stop(): void {
    for (const uid of [...this.pods.keys()]) this.drop(uid);
  }

  /** A new run of a container of the pod. */
  begin(
    pod: Pod,
    of: { readonly container: string; readonly temperament: Temperament },
  ): void {
    const { uid, name } = pod.metadata;
    const containers: Containers = this.pods.get(uid) ?? new Map();
    this.pods.set(uid, containers);
    const { profile, perMinute } = of.temperament.logs ?? DEFAULT_LOGS;
    const module =
      pod.metadata.labels?.['tenantry.dev/module'] ??
      pod.metadata.labels?.app ??
      pod.spec.containers[0].name;
    const now = this.ports.clock.now();
    const run: Run = {
      buffer: new LogBuffer(() => this.writeWhenDue(run)),
      profile,
      intervalMs: 60_000 / Math.max(0.01, perMinute),
      module,
      pod: name,
      random: createRandom(this.ports.random() * 2 ** 32),
      nextAt: now + 200,
      count: 0,
    };
    const previous = containers.get(of.container)?.current;
    containers.set(of.container, { current: run, previous });
    this.append(run, startLines(profile, this.context(run, now)), now);
  }

  /** The run of one container of a pod ends, or of all; the last lines tell why. */
  end(
    uid: string,
    {
      container,
      reason = 'Terminated',
    }: { container?: string; reason?: string } = {},
  ): void {
    const now = this.ports.clock.now();
    for (const [name, { current }] of this.pods.get(uid) ?? []) {
      const meant = container === undefined || container === name;
      if (!meant || current.buffer.ended) continue;
      this.produce(current, now);
      this.append(
        current,
        endLines(current.profile, this.context(current, now), reason),
        now,
      );
      current.buffer.end();
    }
  }

  /** The pod is gone, its logs with it. */
  drop(uid: string): void {
    for (const { current } of this.pods.get(uid)?.values() ?? [])
      current.buffer.end();
    this.pods.delete(uid);
  }

  run(
    pod: { uid: string },
    container: string,
    which: 'current' | 'previous',
  ): ContainerRun | undefined {
    const runs = this.pods.get(pod.uid)?.get(container);
    if (!runs) return undefined;
    if (!runs.current.buffer.ended)
      this.produce(runs.current, this.ports.clock.now());
    return runs[which]?.buffer;
  }

  /** As a kubelet hands a line on when it is written. What nobody follows is written when it is read. */
  private writeWhenDue(run: Run): void {
    if (run.cancelNext || !run.buffer.followed) return;
    const { clock } = this.ports;
    const waitMs = Math.max(MIN_WAIT_MS, run.nextAt - clock.now());
    run.cancelNext = clock.after(waitMs, () => {
      run.cancelNext = undefined;
      if (!run.buffer.followed) return;
      this.produce(run, clock.now());
      this.writeWhenDue(run);
    });
  }

  private produce(run: Run, now: number): void {
    if (run.nextAt < now - MAX_CATCH_UP_MS) run.nextAt = now - MAX_CATCH_UP_MS;
    while (run.nextAt <= now) {
      const at = run.nextAt;
      this.append(run, writeLines(run.profile, this.context(run, at)), at);
      run.nextAt += Math.max(
        1,
        Math.round(run.intervalMs * (0.5 + run.random())),
      );
    }
  }

  private append(run: Run, texts: readonly string[], at: number): void {
    for (const text of texts) {
      run.count += 1;
      run.buffer.append({ at, text });
    }
  }

  private context(run: Run, at: number): LineContext {
    return {
      at,
      random: run.random,
      module: run.module,
      pod: run.pod,
      count: run.count,
    };
  }
}
