// SPDX-License-Identifier: Apache-2.0
import type {
  AuditorService,
  AuthService,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  SchedulerService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  KubeApi,
  PolicyPreviewRegistry,
} from '@tenantry/backstage-plugin-tenants-node';
import type { Knex } from 'knex';
import { Access } from './access/Access';
import { ClusterGate } from './access/ClusterGate';
import { IdentityDirectory } from './access/identity/IdentityDirectory';
import { Grantors } from './access/Grantors';
import { registerTenantAccess } from './access/registerTenantAccess';
import { RequestLimits } from './access/RequestLimits';
import { ViewAs } from './access/ViewAs';
import type { AccessConfig } from './accessConfig';
import { CallerGate } from './api/CallerGate';
import { AuditLog } from './audit/AuditLog';
import { AuditStore } from './audit/AuditStore';
import type { TenantSnapshots } from './snapshots/TenantSnapshots';
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
  readonly userInfo: UserInfoService;
  readonly config: AccessConfig;
  readonly database: Knex;
  readonly clock: Clock;
  readonly snapshots: Pick<TenantSnapshots, 'get' | 'all'>;
  readonly identities: IdentityDirectory;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  /** Reports what failed without failing the request: the thing it was about, and why. */
  readonly report: (what: string) => (subject: string, error: unknown) => void;
};

/** Builds everything that decides who may do what, and records it. */
export function composeAccess(parts: AccessParts) {
  const { clock, config, database } = parts;
  const transform = registerTenantAccess(
    parts.permissionsRegistry,
    name => parts.snapshots.get(name)?.facts,
  );
  const viewAs = new ViewAs({ ...parts, transform });
  // Where no cluster is guarded, no read pays for the gate.
  const secondGate = config.hasGuarded
    ? new ClusterGate({
        ...parts,
        isGuarded: config.isGuarded,
        tenants: () => parts.snapshots.all(),
        ownershipOf: user => viewAs.ownershipOf(user),
        onFailure: parts.report('A cluster could not be asked for a right'),
      })
    : undefined;
  const access = new Access({ ...parts, transform, viewAs, secondGate });
  const auditStore = new AuditStore(database, clock);
  const audit = new AuditLog({
    store: auditStore,
    auditor: parts.auditor,
    onFailure: parts.report('What was done could not be recorded'),
  });
  const callers = new CallerGate({
    httpAuth: parts.httpAuth,
    access,
    audit,
    viewAs,
    limits: new RequestLimits(config.budget, database),
    serviceAccess: config.serviceAccess,
  });
  const { platformTeam } = config;
  const grantors = new Grantors({ ...parts, transform, platformTeam });
  return { access, audit, auditStore, callers, grantors };
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
