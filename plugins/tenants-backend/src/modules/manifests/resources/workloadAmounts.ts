// SPDX-License-Identifier: Apache-2.0
import type { KubeManifest } from '@tenantry/backstage-plugin-tenants-node';
import {
  field,
  fieldAt,
  listField,
  numberField,
  textField,
} from '../jsonValue';
import { podTemplatePath } from '../podTemplates';
import { addAmounts, readAmount, timesAmounts, type Amounts } from './Amounts';
import { podAmounts, type ContainerDefaults } from './podAmounts';

/** What the amounts of a workload depend on besides itself. */
export type WorkloadContext = {
  readonly defaults: ContainerDefaults;
  /** Least replicas of autoscaled workloads, by `Kind/name`. */
  readonly autoscaled: ReadonlyMap<string, number>;
};

/** What the pods and volumes of a workload take when it is fully there. Nothing for an object that makes no pods. */
export function workloadAmounts(
  manifest: KubeManifest,
  context: WorkloadContext,
): Amounts {
  const path = podTemplatePath(manifest.kind);
  if (path === undefined) return {};
  const podSpec = fieldAt(manifest, [...path, 'spec']);
  const replicas = podCount(manifest, context);
  const volumes = [
    ...listField(manifest.spec, 'volumeClaimTemplates'),
    ...listField(podSpec, 'volumes').flatMap(volume => {
      const claim = fieldAt(volume, ['ephemeral', 'volumeClaimTemplate']);
      return claim === undefined ? [] : [claim];
    }),
  ];
  return timesAmounts(
    addAmounts(
      podAmounts(podSpec, context.defaults),
      ...volumes.map(claimAmounts),
    ),
    replicas,
  );
}

/**
 * How many pods a workload has: an autoscaled one its least; a DaemonSet one, as the number of nodes is not known; a Job as many as
 * run at once; a CronJob those of one run.
 */
export function podCount(
  manifest: KubeManifest,
  { autoscaled }: WorkloadContext,
): number {
  const { kind, metadata, spec } = manifest;
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return (
        numberField(spec, 'replicas') ??
        autoscaled.get(`${kind}/${metadata.name}`) ??
        1
      );
    case 'Job':
      return runCount(spec);
    case 'CronJob':
      return field(spec, 'suspend') === true
        ? 0
        : runCount(fieldAt(spec, ['jobTemplate', 'spec']));
    default:
      return 1;
  }
}

function runCount(job: unknown): number {
  if (field(job, 'suspend') === true) return 0;
  const parallel = numberField(job, 'parallelism') ?? 1;
  const completions = numberField(job, 'completions') ?? parallel;
  return Math.min(parallel, completions);
}

/** What a volume takes: of all storage, and of its storage class. */
export function claimAmounts(claim: unknown): Amounts {
  const spec = field(claim, 'spec');
  const size = readAmount(fieldAt(spec, ['resources', 'requests', 'storage']));
  const storageClass = textField(spec, 'storageClassName');
  const own = {
    'requests.storage': size ?? 0,
    persistentvolumeclaims: 1,
    'count/persistentvolumeclaims': 1,
  };
  if (!storageClass) return own;
  const prefix = `${storageClass}.storageclass.storage.k8s.io`;
  return {
    ...own,
    [`${prefix}/requests.storage`]: size ?? 0,
    [`${prefix}/persistentvolumeclaims`]: 1,
  };
}
