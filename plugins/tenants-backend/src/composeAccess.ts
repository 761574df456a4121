// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  PolicyPreviewRegistry,
  TenantFacts,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Knex } from 'knex';
import { Access } from './access/Access';
import { registerTenantAccess } from './access/registerTenantAccess';
import { RequestLimits } from './access/RequestLimits';
import { ViewAs } from './access/ViewAs';
import type { AccessConfig } from './accessConfig';
import { CallerGate } from './api/CallerGate';
import { AuditLog } from './audit/AuditLog';
import { AuditStore } from './audit/AuditStore';
import type { Clock } from './time/Clock';

type AccessParts = {
  readonly auth: AuthService;
  readonly httpAuth: HttpAuthService;
  readonly auditor: AuditorService;
  readonly catalog: CatalogService;
  readonly permissions: PermissionsService;
  readonly permissionsRegistry: PermissionsRegistryService;
  readonly previews: PolicyPreviewRegistry;
  readonly scheduler: SchedulerService;
  readonly config: AccessConfig;
  readonly database: Knex;
  readonly clock: Clock;
  /** Facts of the named tenant, from memory; `undefined` when there is none. */
  readonly factsOf: (tenant: string) => TenantFacts | undefined;
  readonly onAuditFailure: (tenant: string, error: unknown) => void;
};

/** Builds everything that decides who may do what, and records it. */
export function composeAccess(parts: AccessParts) {
  const { clock, config, database } = parts;
  const transform = registerTenantAccess(
    parts.permissionsRegistry,
    parts.factsOf,
  );
  const viewAs = new ViewAs({ ...parts, transform });
  const access = new Access({ ...parts, transform, viewAs });
  const auditStore = new AuditStore(database, clock);
  const audit = new AuditLog({
    store: auditStore,
    auditor: parts.auditor,
    onFailure: parts.onAuditFailure,
  });
  const callers = new CallerGate({
    httpAuth: parts.httpAuth,
    access,
    audit,
    viewAs,
    limits: new RequestLimits(config.budget, database),
    serviceAccess: config.serviceAccess,
  });
  return { access, audit, auditStore, callers };
}

/** Forgets audit events after their time, on one replica a day. */
export async function scheduleAuditRetention(
  scheduler: SchedulerService,
  store: AuditStore,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'tenants-audit-retention',
    scope: 'global',
    frequency: { hours: 24 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 10 },
    fn: async () => {
      await store.removeOld();
    },
  });
}
