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

/** When a container ended, as far as the portal saw, oldest first; ISO times. Pure. */
export function endsOf({ exits, lastExit }: Container): readonly string[] {
  return exits ?? (lastExit?.at === undefined ? [] : [lastExit.at]);
}

/** What is known of a container over time, and its memory now. */
export type SeenEvidence = Evidence & {
  readonly bytes: number | undefined;
  readonly request: number | undefined;
  readonly limit: number | undefined;
  /** Whether anything of the container is known, be it that nothing is set. */
  readonly isKnown: boolean;
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
  const ended = endsOf(container).join();
  const [evidence, see] = useReducer(withSeen, NO_EVIDENCE);
  useEffect(() => {
    see({
      ends: ended === '' ? [] : ended.split(',').map(Date.parse),
      sample:
        at === undefined || bytes === undefined
          ? undefined
          : { at: Date.parse(at), bytes },
    });
  }, [ended, at, bytes]);
  return {
    ...evidence,
    bytes,
    request: use?.requests.memory,
    limit: use?.limits.memory,
    isKnown: use !== undefined,
    why: usage.whyNot(cluster),
  };
}
