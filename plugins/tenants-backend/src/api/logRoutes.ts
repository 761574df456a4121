// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import {
  LOG_LIMITS,
  logQuerySchema,
  logsReadPermission,
  logsReadUnmaskedPermission,
  type LogQuery,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import { MissingPermissionError, type Access } from '../access/Access';
import type { AuditLog } from '../audit/AuditLog';
import {
  checkLogQuery,
  composeLogTask,
  KnownSecrets,
  limitContainers,
  LogFilter,
  LogReader,
  LogWriter,
  noFingerprints,
  selectLogContainers,
  type SecretFingerprints,
} from '../logs';
import type { TenantSnapshot } from '../snapshots/TenantSnapshot';
import type { TenantSnapshots } from '../snapshots/TenantSnapshots';
import type { Clock } from '../time/Clock';
import { auditedLogRead } from './auditedLogRead';
import { logFile } from './logFile';
import { parseQuery } from './parseInput';
import type { CheckedExchange, RouteGuard } from './RouteGuard';
import { LogSession } from './stream/LogSession';
import { ResponseSink } from './stream/ResponseSink';
import type { StreamSlots } from './stream/StreamSlots';

type LogRoutesOptions = {
  readonly guard: RouteGuard;
  readonly access: Access;
  readonly audit: Pick<AuditLog, 'record' | 'require'>;
  readonly snapshots: TenantSnapshots;
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly slots: StreamSlots;
  readonly clock: Clock;
  /** What of the values set through Tenantry is known again in logs; nothing when left out. */
  readonly fingerprints?: SecretFingerprints;
  /** Of one answer; the default of the limits when left out. */
  readonly logBytesPerSecond?: number;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
};

type LogExchange = CheckedExchange & { readonly snapshot: TenantSnapshot };
type Wanted = { readonly query: LogQuery; readonly filter: LogFilter };

/** Logs of a tenant’s containers. */
export function logRoutes(options: LogRoutesOptions) {
  return {
    getLogs: options.guard.one('getLogs', async exchange => {
      const wanted = readWanted(exchange);
      await checkUnmasked(options, exchange, wanted.query);
      if (exchange.req.method === 'HEAD') {
        // Nobody would read what the API server is asked for.
        exchange.res.end();
        return;
      }
      await read(options, exchange, wanted);
    }),
  };
}

function readWanted({ req, snapshot }: LogExchange): Wanted {
  const query = parseQuery(logQuerySchema, req.query);
  checkLogQuery(query);
  const { leftOut } = limitContainers(
    selectLogContainers(snapshot.tenant, query),
  );
  if (leftOut.length > 0 && !query.partial && !isOfOne(query)) {
    throw new InputError(
      `${LOG_LIMITS.pods} pods are read at once, and ${
        leftOut.length
      } more match: ${leftOut.slice(0, 5).join(', ')}${
        leftOut.length > 5 ? ', …' : ''
      }. Narrow it down by environment, module, workload, pod or container, or read the first ones with partial=true.`,
    );
  }
  return { query, filter: new LogFilter(query) };
}

/** What is asked for is of one container, whatever else matches. */
function isOfOne({ around, line }: LogQuery): boolean {
  return around !== undefined || line !== undefined;
}

async function checkUnmasked(
  { access }: LogRoutesOptions,
  { caller, snapshot }: LogExchange,
  { unmasked }: LogQuery,
): Promise<void> {
  if (!unmasked) return;
  const decision = await access.decide(caller, logsReadUnmaskedPermission);
  if (!decision.allows(snapshot.facts)) {
    throw new MissingPermissionError(logsReadUnmaskedPermission);
  }
}

/** A reader takes a place before anything is recorded, so that a refusal leaves no line that says logs were read. */
async function read(
  options: LogRoutesOptions,
  exchange: LogExchange,
  wanted: Wanted,
): Promise<void> {
  const { req, caller, snapshot } = exchange;
  const release = options.slots.acquire(caller.id);
  try {
    const tenant = snapshot.facts.name;
    const act = auditedLogRead(wanted.query);
    const audited = { ...act, tenant, actor: caller.id, request: req };
    // Secrets are shown to nobody unrecorded; masked logs are, when the database is away and something is on fire.
    if (wanted.query.unmasked) await options.audit.require(audited);
    else await options.audit.record(audited);
    await answer(options, exchange, wanted);
  } finally {
    release();
  }
}

async function answer(
  options: LogRoutesOptions,
  { res, caller, snapshot }: LogExchange,
  { query, filter }: Wanted,
): Promise<void> {
  const { access, snapshots, kubeApi, clock, shutdown } = options;
  const { name, clusters } = snapshot.facts;
  const mask = query.unmasked ? undefined : await secretsOf(options, name);
  const sink = new ResponseSink(res, clock);
  const writer = new LogWriter(sink, {
    clock,
    bytesPerSecond: options.logBytesPerSecond,
    framing: query.format ? 'plain' : 'messages',
  });
  const session = new LogSession({
    writer,
    caller,
    access,
    clock,
    permissions: query.unmasked
      ? [logsReadPermission, logsReadUnmaskedPermission]
      : [logsReadPermission],
    facts: () => snapshots.get(name)?.facts,
    observedAt: () => snapshots.observedAt(clusters),
  });
  res.on('drain', () => writer.drained());
  res.on('close', () => session.leave());
  if (query.format) sink.openFile(logFile(name, query.format, clock.now()));
  else sink.open();
  const task = composeLogTask({
    query,
    filter,
    mask,
    writer,
    tenant: () => snapshots.get(name)?.tenant,
    onTenantChange: listener => snapshots.onTenantChange(name, listener),
    kubeApi,
    clock,
    signal: session.signal,
  });
  await session.run(() => new LogReader(task).run(), shutdown);
}

async function secretsOf(
  { fingerprints = noFingerprints }: LogRoutesOptions,
  tenant: string,
): Promise<KnownSecrets> {
  return new KnownSecrets(await fingerprints.forTenant(tenant));
}
