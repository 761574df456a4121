// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  LOG_LIMITS,
  logQuerySchema,
  type LogQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Access } from '../access/Access';
import type { AuditLog } from '../audit/AuditLog';
import { LogReader } from '../logs/LogReader';
import { LogWriter } from '../logs/LogWriter';
import { selectLogContainers } from '../logs/selectLogContainers';
import type { TenantSnapshot } from '../snapshots/TenantSnapshot';
import type { TenantSnapshots } from '../snapshots/TenantSnapshots';
import type { Clock } from '../time/Clock';
import { parseQuery } from './parseInput';
import type { CheckedExchange, RouteGuard } from './RouteGuard';
import { LogSession } from './stream/LogSession';
import { ResponseSink } from './stream/ResponseSink';
import type { StreamSlots } from './stream/StreamSlots';

type LogRoutesOptions = {
  readonly guard: RouteGuard;
  readonly access: Access;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly snapshots: TenantSnapshots;
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly slots: StreamSlots;
  readonly clock: Clock;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
};

type LogExchange = CheckedExchange & { readonly snapshot: TenantSnapshot };

/** Logs of a tenant’s containers. */
export function logRoutes(options: LogRoutesOptions) {
  return {
    getLogs: options.guard.one('getLogs', exchange => {
      const query = readLogQuery(exchange);
      if (exchange.req.method === 'HEAD') {
        // Nobody would read what the API server is asked for.
        exchange.res.end();
        return undefined;
      }
      return follow(options, exchange, query);
    }),
  };
}

/** A reader takes a place before anything is recorded, so that a refusal leaves no line that says logs were read. */
async function follow(
  options: LogRoutesOptions,
  exchange: LogExchange,
  query: LogQuery,
): Promise<void> {
  const { req, caller, snapshot } = exchange;
  const release = options.slots.acquire(caller.id);
  try {
    const { environment, module, workload, pod, container } = query;
    const selected = { environment, module, workload, pod, container };
    await options.audit.record({
      tenant: snapshot.facts.name,
      actor: caller.id,
      action: 'logs.read',
      outcome: 'allowed',
      detail: {
        ...Object.fromEntries(
          Object.entries(selected).flatMap(([key, value]) =>
            value === undefined ? [] : [[key, String(value)]],
          ),
        ),
        follow: query.follow,
        previous: query.previous,
      },
      request: req,
    });
    await answer(options, exchange, query);
  } finally {
    release();
  }
}

function readLogQuery({ req, snapshot }: LogExchange): LogQuery {
  const query = parseQuery(logQuerySchema, req.query);
  if (query.follow && query.previous) {
    throw new InputError(
      "The query parameters 'follow' and 'previous' exclude each other: a run that has ended writes no more.",
    );
  }
  const found = selectLogContainers(snapshot.tenant, query).length;
  if (found > LOG_LIMITS.sources) {
    throw new InputError(
      `${found} containers match, and at most ${LOG_LIMITS.sources} are read at once. Narrow it down by environment, module, workload, pod or container.`,
    );
  }
  return query;
}

async function answer(
  { access, snapshots, kubeApi, clock, shutdown }: LogRoutesOptions,
  { res, caller, snapshot }: LogExchange,
  query: LogQuery,
): Promise<void> {
  const { name, clusters } = snapshot.facts;
  const sink = new ResponseSink(res, clock);
  const writer = new LogWriter(sink, clock);
  const session = new LogSession({
    writer,
    caller,
    access,
    clock,
    facts: () => snapshots.get(name)?.facts,
    observedAt: () => snapshots.observedAt(clusters),
  });
  res.on('drain', () => writer.drained());
  res.on('close', () => session.leave());
  sink.open();
  const reader = new LogReader({
    query,
    tenant: () => snapshots.get(name)?.tenant,
    onTenantChange: listener => snapshots.onTenantChange(name, listener),
    kubeApi,
    writer,
    clock,
    signal: session.signal,
  });
  await session.run(() => reader.run(), shutdown);
}
