// SPDX-License-Identifier: Apache-2.0
import {
  LOG_LIMITS,
  type LogQuery,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import {
  isForbidden,
  isNotFound,
  isUnreachable,
  KubeError,
  type KubeApi,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Clock } from '../time/Clock';
import { readContainerLog, type LogRange } from './ContainerLog';
import { lineTime } from './lineTime';
import type { LogWriter } from './LogWriter';
import { mergeByTime } from './mergeByTime';
import { selectLogContainers, type LogContainer } from './selectLogContainers';

/** A log that broke off is opened again after this, longer after each failure, for as long as its container runs. */
const REOPEN_MS = 2_000;
const MAX_REOPEN_MS = 60_000;

/** How reading one container ended the last time. */
type Ended = {
  readonly restarts: number;
  readonly failures: number;
  readonly reopenAt: number;
};

type LogReaderOptions = {
  readonly query: LogQuery;
  /** The tenant as it is now; `undefined` when it is gone. */
  readonly tenant: () => Tenant | undefined;
  readonly onTenantChange: (listener: () => void) => () => void;
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly writer: LogWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

class ClusterGoneError extends Error {
  constructor(readonly cluster: string) {
    super(`The cluster ${cluster} is not connected.`);
  }
}

/**
 * Reads the logs a query names and writes them as they come.
 *
 * Without `follow`: all sources merged by time, then done. With it: each container is read by itself; one that appears joins, one
 * whose log breaks off is opened again where it ended, and reading is done when no pod is left that could write more.
 */
export class LogReader {
  private readonly active = new Set<string>();
  private readonly ended = new Map<string, Ended>();
  private readonly lastTimes = new Map<string, string>();
  private lastId = 0;
  private maskedCount = 0;
  /** Containers found from now on have appeared while following. */
  private joinedLate = false;

  constructor(private readonly options: LogReaderOptions) {}

  /** Resolves when there is nothing more to read or the signal aborts, with a sentence on what was read. */
  async run(): Promise<string> {
    const { follow, previous } = this.options.query;
    if (follow && !previous) await this.follow();
    else await this.readOnce();
    return `Read ${this.lastId} logs to their end; ${this.maskedCount} values that look like secrets are masked.`;
  }

  private select(): LogContainer[] {
    const tenant = this.options.tenant();
    return tenant ? selectLogContainers(tenant, this.options.query) : [];
  }

  private async readOnce(): Promise<void> {
    const containers = this.select().slice(0, LOG_LIMITS.sources);
    const ids: number[] = [];
    for (const container of containers) {
      ids.push(await this.announce(container));
    }
    const sources = containers.map((c, i) => this.linesOf(c, ids[i]));
    try {
      for await (const { source, lines } of mergeByTime(sources)) {
        await this.writeLines(ids[source], lines);
      }
    } finally {
      await Promise.all(sources.map(source => source.return()));
    }
  }

  private follow(): Promise<void> {
    const { signal, onTenantChange } = this.options;
    return new Promise(resolve => {
      let stop = () => {};
      const done = () => {
        stop();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const look = () => {
        if (signal.aborted || this.lookForContainers(look)) done();
      };
      signal.addEventListener('abort', done);
      stop = onTenantChange(look);
      look();
    });
  }

  /** Starts reading what is not being read. Answers whether nothing more can come. */
  private lookForContainers(again: () => void): boolean {
    const containers = this.select();
    this.forgetOthers(containers);
    for (const container of containers) {
      if (this.active.size >= LOG_LIMITS.sources) break;
      if (!this.isDue(container)) continue;
      this.active.add(container.key);
      void this.tail(container)
        .catch(() => MAX_REOPEN_MS)
        .then(reopenInMs => {
          this.active.delete(container.key);
          this.options.clock.after(reopenInMs, again);
          again();
        });
    }
    this.joinedLate = true;
    return this.active.size === 0 && !containers.some(({ alive }) => alive);
  }

  private isDue({ key, restarts, running }: LogContainer): boolean {
    if (this.active.has(key)) return false;
    const ended = this.ended.get(key);
    if (!ended || restarts > ended.restarts) return true;
    return running && this.options.clock.now() >= ended.reopenAt;
  }

  private forgetOthers(containers: readonly LogContainer[]): void {
    const keys = new Set(containers.map(({ key }) => key));
    for (const known of [this.ended, this.lastTimes]) {
      for (const key of known.keys()) {
        if (!keys.has(key) && !this.active.has(key)) known.delete(key);
      }
    }
  }

  /** Reads one container until its log ends. Answers how long to wait before it may be opened again. */
  private async tail(container: LogContainer): Promise<number> {
    const { key, restarts } = container;
    const id = await this.announce(container);
    const before = this.lastTimes.get(key);
    for await (const lines of this.linesOf(container, id)) {
      await this.writeLines(id, lines);
      this.remember(key, lines);
    }
    const isSameAsBefore = this.lastTimes.get(key) === before;
    const failures = isSameAsBefore ? this.ended.get(key)?.failures ?? 0 : 0;
    const waitMs = Math.min(REOPEN_MS * 2 ** failures, MAX_REOPEN_MS);
    this.ended.set(key, {
      restarts,
      failures: failures + 1,
      reopenAt: this.options.clock.now() + waitMs,
    });
    return waitMs;
  }

  private remember(key: string, lines: readonly string[]): void {
    const last = lines.map(lineTime).findLast(time => time !== undefined);
    if (last !== undefined) this.lastTimes.set(key, last);
  }

  /** Lines of one container. Its failure ends the source, not the answer. */
  private async *linesOf(
    container: LogContainer,
    id: number,
  ): AsyncGenerator<string[], void, void> {
    const { signal, writer } = this.options;
    let outcome = {
      reason: 'Ended',
      message: `The log of container ${container.container} in pod ${container.pod} has ended.`,
    };
    try {
      yield* this.read(container);
    } catch (error) {
      if (signal.aborted) return;
      outcome = explainFailure(error, container);
    }
    await writer.event({ type: 'sourceEnded', source: id, ...outcome });
  }

  private read(container: LogContainer): AsyncGenerator<string[], void, void> {
    const { query, kubeApi, signal } = this.options;
    const api = kubeApi(container.cluster);
    if (!api) throw new ClusterGoneError(container.cluster);
    const after = this.lastTimes.get(container.key);
    return readContainerLog({
      kubeApi: api,
      container,
      range: this.rangeOf(container, query),
      after,
      onGap: to => this.tellGap(container, after ?? to, to),
      onMasked: count => {
        this.maskedCount += count;
      },
      signal,
    });
  }

  private async tellGap(
    { key, restarts, pod, container }: LogContainer,
    from: string,
    to: string,
  ): Promise<void> {
    // A new run writes a new log: nothing of it came before.
    if (this.ended.get(key)?.restarts !== restarts) return;
    const reason = `The log of container ${container} in pod ${pod} broke off and was opened again; lines written in between may be missing.`;
    await this.options.writer.gap(from, to, reason);
  }

  /** Who joins later, or is opened again, is read from where it began or broke off. */
  private rangeOf({ key }: LogContainer, query: LogQuery): LogRange {
    if (!this.joinedLate && !this.ended.has(key)) return query;
    return { ...query, tailLines: LOG_LIMITS.maxTailLines };
  }

  private async announce(container: LogContainer): Promise<number> {
    this.lastId += 1;
    const id = this.lastId;
    const { cluster, environment, namespace, module, pod } = container;
    await this.options.writer.event({
      type: 'source',
      source: {
        id,
        cluster,
        environment,
        namespace,
        module,
        pod,
        container: container.container,
      },
    });
    return id;
  }

  private async writeLines(
    source: number,
    lines: readonly string[],
  ): Promise<void> {
    if (lines.length === 0) return;
    const text = lines.join('\n');
    await this.options.writer.event({ type: 'lines', source, text });
  }
}

function explainFailure(
  error: unknown,
  { pod, container, cluster }: LogContainer,
): { reason: string; message: string } {
  const what = `container ${container} in pod ${pod}`;
  if (isNotFound(error)) {
    return {
      reason: 'NotFound',
      message: `There is no log of ${what}: the pod, or the run asked for, is gone.`,
    };
  }
  if (isForbidden(error)) {
    return {
      reason: 'Forbidden',
      message: `The portal may not read pods/log on cluster ${cluster}, so the log of ${what} cannot be shown. Give its account that right.`,
    };
  }
  if (isUnreachable(error) || error instanceof ClusterGoneError) {
    return {
      reason: 'Unreachable',
      message: `The cluster ${cluster} cannot be reached, so the log of ${what} broke off.`,
    };
  }
  const reason = error instanceof KubeError ? error.reason : 'Failed';
  return { reason, message: `The log of ${what} cannot be read (${reason}).` };
}
