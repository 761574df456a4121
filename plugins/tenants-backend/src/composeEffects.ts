// SPDX-License-Identifier: Apache-2.0
import type { KubeApi } from '@tenantry/backstage-plugin-tenants-node';
import type { Clusters } from './informers/Lister';
import type { SecretPrintStore } from './logs';
import type { Planner } from './modules/Planner';
import {
  createExecutors,
  DEFAULT_EFFECT_SETTINGS,
  newSecretValue,
  WatchedLiveState,
  type RevisionWriter,
} from './operations/effects';
import type { OperationExecutor } from './operations/OperationExecutor';
import type { EnvironmentRecords } from './records/EnvironmentRecords';
import type { Clock } from './time/Clock';

type EffectParts = {
  readonly clock: Clock;
  readonly clusters: Clusters;
  readonly kubeApi: (cluster: string) => KubeApi | undefined;
  readonly planner: Planner;
  readonly prints: Pick<SecretPrintStore, 'remember'>;
  readonly records: EnvironmentRecords;
  readonly revisions: RevisionWriter;
  readonly settings: {
    readonly labels: { readonly prefix: string };
    readonly systemNamespace: string;
  };
};

/** Builds what carries operations out on the clusters. */
export function composeEffects(
  parts: EffectParts,
): readonly OperationExecutor[] {
  const { clusters, settings } = parts;
  return createExecutors({
    ...parts,
    live: new WatchedLiveState({
      clock: parts.clock,
      cluster: name => clusters.list().find(view => view.name === name),
    }),
    newSecret: newSecretValue,
    settings: {
      ...DEFAULT_EFFECT_SETTINGS,
      prefix: settings.labels.prefix,
      systemNamespace: settings.systemNamespace,
    },
  });
}
