// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Plan,
  PlanRequestInput,
} from '@tenantry/backstage-plugin-tenants-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { tenantsApiRef } from '../api';
import type { Problem } from '../live/Live';
import { problemOf } from '../live/problemOf';

/** A request that changes again within this time is not asked. */
export const PLAN_DEBOUNCE_MS = 150;

/** A plan that is older is made again before it is carried out. */
export const PLAN_MAX_AGE_MS = 60_000;

/** A plan, and how it stands with it. */
export type PlanState = {
  /** The last one that was made; it stays while the next is asked for. */
  readonly plan?: Plan;
  /** When it came, in milliseconds since the epoch. */
  readonly receivedAt?: number;
  readonly isChecking: boolean;
  readonly problem?: Problem;
  /** Makes it again. */
  readonly remake: () => void;
  /** Makes it again at once and gives it. @throws what the request failed with */
  readonly recheck: (signal: AbortSignal) => Promise<Plan | undefined>;
};

type Known = Omit<PlanState, 'isChecking' | 'remake' | 'recheck'> & {
  /** What it answers. */
  readonly question?: string;
};

/** Asks what a request would do, whenever it becomes another one; `undefined` asks nothing. */
export function usePlan(request: PlanRequestInput | undefined): PlanState {
  const api = useApi(tenantsApiRef);
  const [known, setKnown] = useState<Known>({});
  const [round, setRound] = useState(0);
  const latest = useRef(request);
  latest.current = request;
  const key = request && JSON.stringify(request);
  const question = key && `${round} ${key}`;
  const isFirst = known.question === undefined;
  useEffect(() => {
    const asked = latest.current;
    if (question === undefined || asked === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    const take = (change: Omit<Known, 'question'>) => {
      if (!signal.aborted) {
        setKnown(old => ({ ...old, ...change, question }));
      }
    };
    const ask = () =>
      api.operations.plan(asked, { signal }).then(
        plan => take({ plan, receivedAt: Date.now(), problem: undefined }),
        error => take({ problem: problemOf(error) }),
      );
    const timer = setTimeout(ask, isFirst ? 0 : PLAN_DEBOUNCE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another question is asked anew
  }, [api, question]);
  const remake = useCallback(() => setRound(n => n + 1), []);
  const recheck = useCallback(
    async (signal: AbortSignal) => {
      const asked = latest.current;
      if (asked === undefined) return undefined;
      const plan = await api.operations.plan(asked, { signal });
      const receivedAt = Date.now();
      setKnown(old => ({ ...old, plan, receivedAt, problem: undefined }));
      return plan;
    },
    [api],
  );
  const { plan, receivedAt, problem } = known;
  return {
    plan,
    receivedAt,
    problem,
    isChecking: question !== undefined && known.question !== question,
    remake,
    recheck,
  };
}
