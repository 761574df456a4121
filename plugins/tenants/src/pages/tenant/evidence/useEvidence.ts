// SPDX-License-Identifier: Apache-2.0
import type {
  Cause,
  Container,
  Pod,
  Tenant,
} from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useReducer } from 'react';
import { workloadOfCause } from '../overview/workloadOfCause';
import { useUsage } from '../usage/useUsage';
import { NO_EVIDENCE, withSeen, type Evidence } from './Evidence';

/** The pod and the container that a cause names. */
export type Culprit = { readonly pod: Pod; readonly container: Container };

/** The container a cause is about; `undefined` when it names none, or it is gone. Pure. */
export function culpritOf(tenant: Tenant, cause: Cause): Culprit | undefined {
  const workload = workloadOfCause(tenant, cause);
  const pod = workload?.pods.find(({ name }) => name === cause.pod);
  const container = pod?.containers.find(
    ({ name }) => name === cause.container,
  );
  return pod && container && { pod, container };
}

/** What is known of a container over time, and its memory now. */
export type SeenEvidence = Evidence & {
  readonly bytes: number | undefined;
  readonly limit: number | undefined;
  /** Why nothing is measured, in a sentence. */
  readonly why: string;
};

/** Gathers what is seen of a container for as long as its card is on the page. */
export function useEvidence(
  tenant: string,
  cluster: string,
  { pod, container }: Culprit,
): SeenEvidence {
  const usage = useUsage(tenant);
  const ofPod = usage.ofPod(cluster, pod.uid);
  const use = ofPod?.containers.find(({ name }) => name === container.name);
  const bytes = use?.used.memory;
  const at = ofPod?.measuredAt;
  const ended = container.lastExit?.at;
  const [evidence, see] = useReducer(withSeen, NO_EVIDENCE);
  useEffect(() => {
    see({
      endedAt: ended === undefined ? undefined : Date.parse(ended),
      sample:
        at === undefined || bytes === undefined
          ? undefined
          : { at: Date.parse(at), bytes },
    });
  }, [ended, at, bytes]);
  return {
    ...evidence,
    bytes,
    limit: use?.limits.memory,
    why: usage.whyNot(cluster),
  };
}
