// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  PartialData,
  PodUse,
  WorkloadUse,
} from '@tenantry/backstage-plugin-tenants-common';
import { createContext, useContext, useMemo } from 'react';
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
  /** Whether a cluster tells what is in use; not while nothing was read. */
  readonly hasMetrics: (cluster: string) => boolean;
  /** Why nothing is known of a cluster, in a sentence. */
  readonly whyNot: (cluster: string) => string;
  readonly partial: readonly PartialData[];
  readonly problem?: Problem;
  readonly hasValue: boolean;
  /** While nothing was read, and nothing has failed. */
  readonly isLoading: boolean;
};

const UsageContext = createContext<Usage | undefined>(undefined);

/** Gives what was read once to everything inside: several parts of a page show it, and one asks. */
export const UsageProvider = UsageContext.Provider;

/** Reads what a tenant’s workloads use, every 15 s while the page is visible; inside a {@link UsageProvider} what that has read. */
export function useUsage(tenant: string): Usage {
  const t = useText();
  const api = useApi(tenantsApiRef);
  const known = useContext(UsageContext);
  const { value, problem } = useRepeatedAnswer(
    signal => api.details.usage(tenant, { signal }),
    known ? undefined : tenant,
    { everyMs: USAGE_EVERY_MS },
  );
  const read = useMemo<Usage>(() => {
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
      hasMetrics: cluster =>
        value !== undefined && partial.every(part => part.cluster !== cluster),
      whyNot: cluster =>
        partial.find(part => part.cluster === cluster)?.message ??
        (value ? t('usage.notYet') : unknown),
      partial,
      problem,
      hasValue: value !== undefined,
      isLoading: value === undefined && problem === undefined,
    };
  }, [t, value, problem]);
  return known ?? read;
}
