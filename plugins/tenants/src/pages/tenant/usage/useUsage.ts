// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PartialData,
  PodUse,
  WorkloadUse,
} from '@tenantry/backstage-plugin-tenants-common';
import { useMemo } from 'react';
import { tenantsApiRef } from '../../../api';
import { problemText } from '../../../components/problemText';
import type { Problem } from '../../../live/Live';
import { useRepeatedAnswer } from '../../../live/useRepeatedAnswer';
import { useText } from '../../../useText';

/** A metrics server measures no more often. */
export const USAGE_EVERY_MS = 15_000;

/** What is in use, by cluster and uid. */
export type Usage = {
  readonly ofWorkload: (
    cluster: string,
    uid: string,
  ) => WorkloadUse | undefined;
  readonly ofPod: (cluster: string, uid: string) => PodUse | undefined;
  /** Why nothing is known of a cluster, in a sentence. */
  readonly whyNot: (cluster: string) => string;
  readonly partial: readonly PartialData[];
  readonly problem?: Problem;
  readonly hasValue: boolean;
};

/** Reads what a tenant’s workloads use, every 15 s while the page is visible. */
export function useUsage(tenant: string): Usage {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const { value, problem } = useRepeatedAnswer(
    signal => api.details.usage(tenant, { signal }),
    tenant,
    { everyMs: USAGE_EVERY_MS },
  );
  return useMemo(() => {
    const workloads = new Map<string, WorkloadUse>();
    const pods = new Map<string, PodUse>();
    for (const use of value?.workloads ?? []) {
      workloads.set(`${use.cluster}/${use.uid}`, use);
      for (const pod of use.pods) pods.set(`${use.cluster}/${pod.uid}`, pod);
    }
    const partial = value?.partial ?? [];
    const unknown = problem ? problemText(t, problem) : t('usage.loading');
    return {
      ofWorkload: (cluster, uid) => workloads.get(`${cluster}/${uid}`),
      ofPod: (cluster, uid) => pods.get(`${cluster}/${uid}`),
      whyNot: cluster =>
        partial.find(part => part.cluster === cluster)?.message ??
        (value ? t('usage.notYet') : unknown),
      partial,
      problem,
      hasValue: value !== undefined,
    };
  }, [t, value, problem]);
}
