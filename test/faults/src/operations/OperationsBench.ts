// SPDX-License-Identifier: Apache-2.0
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { startKubesim, type Kubesim } from '@tenantry/kubesim';
import knexFactory, { type Knex } from 'knex';
import { OperationWorker } from '../../../../plugins/tenants-backend/src/operations/engine/OperationWorker';
import { Wakeups } from '../../../../plugins/tenants-backend/src/operations/engine/Wakeups';
import type { OperationExecutor } from '../../../../plugins/tenants-backend/src/operations/OperationExecutor';
import { DatabaseOperationStore } from '../../../../plugins/tenants-backend/src/operations/store/DatabaseOperationStore';
import {
  databaseTime,
  type DatabaseTime,
} from '../../../../plugins/tenants-backend/src/operations/store/DatabaseTime';
import type { OperationRow } from '../../../../plugins/tenants-backend/src/operations/store/OperationRow';
import {
  systemClock,
  type Clock,
} from '../../../../plugins/tenants-backend/src/time/Clock';
import type { FaultCounts } from '../FaultCase';
import { EFFECTS, effectsApi } from './effects';

const MIGRATIONS = join(
  __dirname,
  '../../../../plugins/tenants-backend/migrations',
);
const PATIENCE_MS = 60_000;
/** A lease, and a little. */
const LEASE_MS = 31_000;

export type BenchDatabase = {
  readonly config: Knex.Config;
  /** How far the database’s time is ahead for those who ask here: a way to let leases end without waiting. */
  readonly aheadMs?: number;
};

/** What is stored of an operation at the end. */
export type EndState = {
  readonly id: string;
  readonly tenant: string;
  readonly state: string;
  readonly steps: readonly { readonly key: string; readonly state: string }[];
};

/** What is told of an operation that does not end. */
type LeftOver = Pick<
  OperationRow,
  'tenant' | 'state' | 'attempt' | 'owner' | 'due_at' | 'error'
>;

/** The database’s clock, so much ahead. */
export function aheadTime(knex: Knex, aheadMs: () => number): DatabaseTime {
  const time = databaseTime(knex);
  return { now: () => `(${time.now()} + ${Math.round(aheadMs())})` };
}

/** A simulated cluster, a database, and workers in this process and in others. */
export class OperationsBench {
  private readonly children = new Set<ChildProcess>();
  private readonly stops: (() => Promise<void>)[] = [];
  private passedMs = 0;
  /** Runs in this process that ended in a way their worker does not know. */
  broken = 0;

  private constructor(
    readonly sim: Kubesim,
    readonly knex: Knex,
    readonly config: Knex.Config,
    readonly api: KubeApi,
  ) {}

  static async start(config: Knex.Config): Promise<OperationsBench> {
    const sim = await startKubesim();
    sim.objects.create('namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: EFFECTS },
    });
    const knex = knexFactory(config);
    await knex.migrate.latest({ directory: MIGRATIONS });
    const api = effectsApi(sim.url, sim.token);
    return new OperationsBench(sim, knex, config, api);
  }

  /** A store on the bench’s own connections. */
  store(
    options: {
      pause?: (ms: number) => Promise<void>;
      concurrency?: number;
    } = {},
  ): DatabaseOperationStore {
    const time = aheadTime(this.knex, () => this.passedMs);
    return new DatabaseOperationStore({ knex: this.knex, time, ...options });
  }

  /** Puts operations into the queue, one per tenant, and resolves with their ids. */
  async enqueue(
    tenants: readonly string[],
    type: 'restart' | 'delete' | 'apply' = 'restart',
    store: DatabaseOperationStore = this.store(),
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const tenant of tenants) {
      const row = await store.queue.enqueue({
        tenant,
        type,
        title: `${type} ${tenant}`,
        request: {
          type: 'restart',
          environment: 'prod',
          workload: 'Deployment/web',
        },
        environments: ['prod'],
        requestedBy: 'user:default/ann',
        priority: 'interactive',
        idempotencyKey: `${type}-${tenant}-${ids.length}-${Math.random()}`,
      });
      ids.push(row.id);
    }
    return ids;
  }

  /** Lets every lease end: for those who ask here it is half a minute later. */
  passLease(): void {
    this.passedMs += LEASE_MS;
  }

  /** A worker in this process. */
  startWorker(
    executors: readonly OperationExecutor[],
    {
      store = this.store(),
      clock = systemClock,
      concurrency,
    }: {
      store?: DatabaseOperationStore;
      clock?: Clock;
      concurrency?: number;
    } = {},
  ) {
    const stopping = new AbortController();
    const wakeups = new Wakeups();
    const worker = new OperationWorker({
      store,
      executors,
      clock,
      random: Math.random,
      wakeups,
      concurrency,
      onFailure: operation => {
        if (operation !== '') this.broken += 1;
      },
    });
    worker.start(stopping.signal);
    const stop = async () => {
      stopping.abort();
      await worker.stopped();
    };
    this.stops.push(stop);
    return { worker, wakeups, stop };
  }

  /** A worker in a process of its own. */
  fork(settings: object, config: Knex.Config = this.config): ChildProcess {
    const { url, token } = this.sim;
    const child = fork(join(__dirname, 'workerProcess.ts'), [
      JSON.stringify({ ...settings, config, url, token }),
    ]);
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    return child;
  }

  /** Waits until something holds. @throws Error that says what did not come */
  async until(
    what: string,
    holds: () => Promise<boolean> | boolean,
    patienceMs = PATIENCE_MS,
  ): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`It never came: ${what}.`);
      await delay(25);
    }
  }

  /** Waits until every operation has ended. */
  async untilEnded(
    knex: Knex = this.knex,
    patienceMs = PATIENCE_MS,
  ): Promise<void> {
    let left: readonly LeftOver[] | string = [];
    const isOver = async () => {
      left = await knex<LeftOver>('operations')
        .whereNull('ended_at')
        .select('tenant', 'state', 'attempt', 'owner', 'due_at', 'error')
        .catch((error: unknown) => String(error));
      return left.length === 0;
    };
    const what = 'the end of every operation';
    await this.until(what, isOver, patienceMs).catch((error: Error) => {
      throw new Error(`${error.message} Left: ${JSON.stringify(left)}`);
    });
  }

  async ends(): Promise<readonly EndState[]> {
    const rows = await this.knex('operations').orderBy('seq');
    const steps = await this.knex('operation_steps').orderBy('position');
    return rows.map(row => ({
      id: row.id,
      tenant: row.tenant,
      state: row.state,
      steps: steps
        .filter(step => String(step.operation) === String(row.seq))
        .map(step => ({ key: step.step_key, state: step.state })),
    }));
  }

  /** Every effect on the cluster, in its order: which step of which operation, under which fence. */
  effects(tenant: string): { line: string; fence: number }[] {
    const found = this.sim.objects.get('configmaps', {
      namespace: EFFECTS,
      name: tenant,
    });
    const data: unknown = found?.data;
    const log =
      typeof data === 'object' && data !== null && 'log' in data
        ? String(data.log)
        : '';
    return log
      .split(';')
      .filter(line => line !== '')
      .map(line => {
        const [name = '', fence = ''] = line.split('@');
        return { line: name, fence: Number(fence) };
      });
  }

  /** What every fault of operations is held to, counted in the database and on the cluster. */
  async counts(): Promise<FaultCounts> {
    const ends = await this.ends();
    let lost = 0;
    let doubled = 0;
    let stale = 0;
    for (const { id, tenant, state, steps } of ends) {
      const done = this.effects(tenant);
      const own = done.filter(({ line }) => line.startsWith(`${id}/`));
      doubled += own.length - new Set(own.map(({ line }) => line)).size;
      const seen = new Set(own.map(({ line }) => line));
      lost += steps.filter(
        ({ key, state: s }) => s === 'succeeded' && !seen.has(`${id}/${key}`),
      ).length;
      if (state === 'succeeded') {
        lost += steps.filter(s => s.state !== 'succeeded').length;
      }
      if (!['succeeded', 'failed', 'cancelled'].includes(state)) lost += 1;
    }
    for (const tenant of new Set(ends.map(e => e.tenant))) {
      const fences = this.effects(tenant).map(({ fence }) => fence);
      stale += fences.filter(
        (f, i) => i > 0 && f < (fences[i - 1] ?? 0),
      ).length;
    }
    return {
      lost: { is: lost, atMost: 0 },
      doubled: { is: doubled, atMost: 0 },
      'stale writes accepted': { is: stale, atMost: 0 },
    };
  }

  async stop(): Promise<void> {
    for (const stop of this.stops) await stop();
    for (const child of [...this.children]) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.api.close();
    await this.knex.destroy();
    await this.sim.stop();
  }
}
