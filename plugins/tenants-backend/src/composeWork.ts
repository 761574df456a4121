// SPDX-License-Identifier: Apache-2.0
import type { Config } from '@backstage/config';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Knex } from 'knex';
import { version } from '../package.json';
import type { IdentityDirectory } from './access/identity/IdentityDirectory';
import type { AccessConfig } from './accessConfig';
import type { AuditStore } from './audit/AuditStore';
import { composeEffects } from './composeEffects';
import { composeOperations } from './composeOperations';
import { composePlanner } from './composePlanner';
import { readTenantsConfig } from './config';
import type { Clusters } from './informers/Lister';
import { SecretPrintStore } from './logs';
import type { ModuleDefinitions } from './modules/definitions';
import { environmentFiles } from './modules/environmentFiles';
import type { Planner } from './modules/Planner';
import type { PlannerPorts } from './modules/planner';
import type { OperationExecutor } from './operations/OperationExecutor';
import { DatabaseOperationStore } from './operations/store/DatabaseOperationStore';
import type { DatabaseTime } from './operations/store/DatabaseTime';
import { readRenderSettings } from './plannerConfig';
import { EnvironmentRecords } from './records/EnvironmentRecords';
import type { TenantSnapshots } from './snapshots/TenantSnapshots';
import { tenancyPreset } from './tenancy';
import type { Clock } from './time/Clock';

/** What plans operations, and what carries them out, where tests replace it. */
export type OperationAdapters = {
  readonly planner: Planner;
  readonly executors: readonly OperationExecutor[];
  /** The database’s own clock when left out. */
  readonly time?: DatabaseTime;
};

type WorkParts = {
  readonly config: Config;
  readonly database: Knex;
  readonly clock: Clock;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly auditStore: AuditStore;
  readonly report: (what: string) => (subject: string, error: unknown) => void;
  readonly given: OperationAdapters | undefined;
  readonly state: {
    readonly accessConfig: AccessConfig;
    readonly clusters: Clusters;
    readonly clusterNames: () => readonly string[];
    readonly definitions: ModuleDefinitions;
    readonly identities: {
      readonly directory: IdentityDirectory;
      readonly strangers: PlannerPorts['strangers'];
    };
    readonly snapshots: TenantSnapshots;
  };
};

/** Builds everything that changes clusters: records, planner, secrets, operations. Nothing runs before `start`. */
export function composeWork(parts: WorkParts) {
  const { clock, database, given, kubeApi, state } = parts;
  const { apply, labels } = readTenantsConfig(parts.config);
  const settings = readRenderSettings(parts.config, labels.prefix);
  const store = new DatabaseOperationStore({
    knex: database,
    time: given?.time,
  });
  const records = new EnvironmentRecords({
    clusters: state.clusterNames,
    kubeApi,
    systemNamespace: settings.systemNamespace,
    prefix: labels.prefix,
    tooling: `tenantry/${version}`,
    clock,
  });
  const { revisions } = store;
  const place = { ...settings, prefix: labels.prefix };
  const toFiles: PlannerPorts['toFiles'] = environments =>
    environmentFiles(environments, place);
  const prints = new SecretPrintStore(database, clock);
  const { planner: ownPlanner, secrets } = composePlanner({
    ...state,
    identities: state.identities.directory,
    strangers: state.identities.strangers,
    kubeApi,
    clock,
    labels: tenancyPreset(labels.preset, labels.prefix),
    prints,
    records,
    revisions,
    settings,
    toFiles,
  });
  const planner = given?.planner ?? ownPlanner;
  const executors =
    given?.executors ??
    composeEffects({
      ...state,
      planner,
      clock,
      kubeApi,
      prints,
      records,
      revisions,
      settings,
    });
  const work = composeOperations({
    ...parts,
    store,
    planner,
    executors,
    apply,
    toFiles,
  });
  return { ...work, planner, secrets, records, fingerprints: prints };
}
