// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import {
  STREAM_LIMITS,
  type Member,
  type Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import express, { type Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import type { Access } from '../access/Access';
import type { Caller } from '../access/Caller';
import type { Grantors } from '../access/Grantors';
import type { AuditLog } from '../audit/AuditLog';
import type { AuditStore } from '../audit/AuditStore';
import type { SecretFingerprints } from '../logs';
import type { Metrics } from '../metrics/Metrics';
import type { ModuleDefinitions } from '../modules/definitions';
import type { Planner } from '../modules/Planner';
import type { TenantSecrets } from '../modules/secrets';
import type { OperationService } from '../operations/OperationService';
import type { WatchedOperations } from '../operations/WatchedOperations';
import type { RevisionReader } from '../records/RecordReader';
import type { PlatformSnapshots } from '../snapshots/PlatformSnapshots';
import { TenantPages } from '../snapshots/TenantPages';
import type { TenantSnapshots } from '../snapshots/TenantSnapshots';
import type { Clock } from '../time/Clock';
import { auditRoutes } from './auditRoutes';
import type { CallerGate } from './CallerGate';
import { detailRoutes, type Details } from './detailRoutes';
import { logRoutes } from './logRoutes';
import { memberRoutes } from './memberRoutes';
import { metricsRoutes } from './metricsRoutes';
import { moduleRoutes } from './moduleRoutes';
import { mountRoutes } from './mountRoutes';
import { operationRoutes } from './operationRoutes';
import { planRoutes } from './planRoutes';
import { platformRoutes } from './platformRoutes';
import { RouteGuard } from './RouteGuard';
import { secretRoutes } from './secretRoutes';
import { FeedFactory } from './stream/FeedFactory';
import { openOperationFeed } from './stream/openOperationFeed';
import { meterFeeds } from './stream/meterFeeds';
import { StreamSlots } from './stream/StreamSlots';
import { streamRoutes } from './streamRoutes';
import { tenantRoutes } from './tenantRoutes';

const MAX_BODY_BYTES = 1024 * 1024;

type RouterOptions = {
  /** Prints of secrets, by which logs are masked. */
  readonly fingerprints: SecretFingerprints;
  readonly callers: CallerGate;
  readonly access: Access;
  readonly grantors: Grantors;
  readonly audit: AuditLog;
  readonly auditStore: AuditStore;
  /** Everybody who holds a role in a tenant, in an order that lasts. */
  readonly membersOf: (tenant: Tenant) => readonly Member[];
  readonly snapshots: TenantSnapshots;
  readonly details: Details;
  readonly platform: PlatformSnapshots;
  readonly operations: OperationService;
  readonly planner: Planner;
  readonly secrets: TenantSecrets;
  readonly watched: WatchedOperations;
  readonly revisions: RevisionReader;
  /** The user and the groups that count as the user’s. */
  readonly ownershipOf: (caller: Caller) => Promise<readonly string[]>;
  /** `undefined` when the cluster is not watched. */
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  /** What may run. */
  readonly definitions: ModuleDefinitions;
  /** Names of the watched clusters. */
  readonly clusterNames: () => readonly string[];
  readonly clock: Clock;
  /** Version of this service. */
  readonly version: string;
  readonly metrics: Metrics;
  /** Of one answer of logs. */
  readonly logBytesPerSecond: number;
  /** Aborts when the process shuts down. */
  readonly shutdown: AbortSignal;
};

/** The plugin’s routes, each behind its checks. */
export function createRouter(options: RouterOptions): ExpressRouter {
  const { callers, access, snapshots, metrics } = options;
  const guard = new RouteGuard({
    callers,
    access,
    tenantOf: name => snapshots.get(name),
  });
  // Names this process in cursors, so that another one does not take them for its own.
  const instance = randomBytes(6).toString('hex');
  const router = Router();
  router.use(express.json({ limit: MAX_BODY_BYTES }));
  const handlers = {
    ...tenantRoutes({ ...options, guard, pages: new TenantPages(snapshots) }),
    ...memberRoutes({ ...options, guard }),
    ...auditRoutes({ ...options, guard }),
    ...detailRoutes({ ...options, guard }),
    ...operationRoutes({ ...options, guard }),
    ...planRoutes({ ...options, guard }),
    ...secretRoutes({ ...options, guard }),
    ...platformRoutes({ ...options, guard }),
    ...metricsRoutes({ ...options, guard }),
    ...moduleRoutes({ ...options, guard }),
    ...logRoutes({ ...options, guard, slots: createSlots() }),
    ...streamRoutes({
      ...options,
      guard,
      slots: createSlots(),
      feeds: meterFeeds(
        new FeedFactory({
          ...options,
          instance,
          openOperations: (subscription, caller) =>
            openOperationFeed(options, subscription, caller),
        }),
        metrics.instruments,
      ),
    }),
  };
  mountRoutes(router, handlers, (name, handle) =>
    metrics.meterRoute(name, handle),
  );
  return router;
}

function createSlots(): StreamSlots {
  return new StreamSlots({
    perUser: STREAM_LIMITS.streamsPerUser,
    perProcess: STREAM_LIMITS.streamsPerProcess,
  });
}
