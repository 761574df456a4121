// SPDX-License-Identifier: Apache-2.0
import type { ContainerObject } from '../objects';
import { containerObject } from './objectBuilders';

/** One run of a container: how long it runs, how it ends, and how long the kubelet waits then. */
export type Run = {
  readonly ranMs: number;
  readonly waitsMs: number;
  readonly reason?: string;
};

/** What a container shows, one after the other, with when it ended up to then; times are milliseconds since the epoch. */
export type Sight = {
  readonly container: ContainerObject;
  readonly ends: readonly number[];
};

const iso = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** All a container shows while it runs, ends and waits as the kubelet tells it: a restart is counted when it runs again. */
export function containerLife(runs: readonly Run[], from = 0): Sight[] {
  const sights: Sight[] = [];
  const ends: number[] = [];
  let at = from;
  let lastExit: ContainerObject['lastExit'];
  const show = (shown: Partial<ContainerObject>) =>
    sights.push({
      container: containerObject({ name: 'main', lastExit, ...shown }),
      ends: [...ends],
    });
  runs.forEach(({ ranMs, waitsMs, reason = 'OOMKilled' }, restarts) => {
    show({ restarts, state: 'running', since: iso(at), ready: true });
    at += ranMs;
    ends.push(at);
    const ended = { reason, exitCode: 137, since: iso(at), ready: false };
    show({ restarts, state: 'terminated', ...ended });
    lastExit = { code: 137, reason, at: iso(at) };
    const wait = { reason: 'CrashLoopBackOff', ready: false };
    if (waitsMs > 0) show({ restarts, state: 'waiting', ...wait });
    at += waitsMs;
  });
  const restarts = runs.length;
  show({ restarts, state: 'running', since: iso(at), ready: true });
  return sights;
}
