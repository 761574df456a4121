// SPDX-License-Identifier: Apache-2.0
import { parseEntityRef } from '@backstage/catalog-model';
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { IdentityDirectory } from './access/identity/IdentityDirectory';
import type { AccessConfig } from './accessConfig';
import type { Clusters } from './informers/Lister';
import {
  quotaHard,
  renderEnvironment,
  resourceNotes,
  resourcesOf,
  type RenderSettings,
} from './modules/manifests';
import { TenantPlanner, type PlannerPorts } from './modules/planner';
import { TenantSecrets, type SecretPrints } from './modules/secrets';
import { applySetIdOf } from './records/applySet';
import type { RecordReader, RevisionReader } from './records/RecordReader';
import type { TenantSnapshots } from './snapshots/TenantSnapshots';
import type { TenancyLabels } from './tenancy';
import type { Clock } from './time/Clock';

type PlannerParts = {
  readonly accessConfig: Pick<AccessConfig, 'needsDirectory'>;
  readonly clock: Clock;
  readonly clusters: Clusters;
  readonly definitions: PlannerPorts['definitions'];
  readonly identities: Pick<IdentityDirectory, 'on'>;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly labels: TenancyLabels;
  /** What remembers prints of secrets, for masking logs. */
  readonly prints?: SecretPrints;
  readonly records: RecordReader;
  readonly revisions: Pick<RevisionReader, 'get'>;
  readonly settings: RenderSettings;
  readonly snapshots: Pick<TenantSnapshots, 'get'>;
  readonly strangers: PlannerPorts['strangers'];
  readonly toFiles: PlannerPorts['toFiles'];
};

/** Builds what says what would happen, and what writes secrets. */
export function composePlanner(parts: PlannerParts) {
  const { settings, snapshots } = parts;
  const { prefix } = settings.labels;
  const secrets = new TenantSecrets({ ...parts, prefix });
  const planner = new TenantPlanner({
    ...parts,
    secrets,
    tenantOf: name => snapshots.get(name)?.tenant,
    subjectOf: parts.accessConfig.needsDirectory
      ? (ref, cluster) => parts.identities.on(cluster).subjectOf(ref)
      : ref => subjectByRef(ref),
    rendering: { renderEnvironment, resourcesOf, quotaHard, resourceNotes },
    applySetIdOf: (tenant, environment) =>
      applySetIdOf({ tenant, environment }, settings.systemNamespace),
  });
  return { planner, secrets };
}

/** Where nothing says how the cluster names people, they have the names of the catalogue. */
function subjectByRef(ref: string): ReturnType<PlannerPorts['subjectOf']> {
  const { kind, name } = parseEntityRef(ref);
  if (kind === 'user') return { kind: 'User', name };
  return kind === 'group' ? { kind: 'Group', name } : undefined;
}
