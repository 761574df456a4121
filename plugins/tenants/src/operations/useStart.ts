// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Operation,
  OperationRequestInput,
  Plan,
} from '@tenantry/backstage-plugin-tenants-common';
import { idempotencyKey } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useRef, useState } from 'react';
import { tenantsApiRef } from '../api';
import type { Problem } from '../live/Live';
import { problemOf } from '../live/problemOf';
import { PLAN_MAX_AGE_MS, type PlanState } from '../plan/usePlan';

const CONFLICT = 409;

/** How it stands with the start of an operation. */
export type StartState = {
  readonly isStarting: boolean;
  /** The plan that was looked at no longer holds; the new one is shown. */
  readonly mustLook: boolean;
  readonly problem?: Problem;
  readonly start: () => void;
};

/** What {@link useStart} needs. */
export type StartOptions = {
  readonly tenant: string;
  readonly request: OperationRequestInput | undefined;
  readonly planState: PlanState;
  readonly onStarted: (operation: Operation) => void;
};

type Status = { busy: boolean; mustLook: boolean; problem?: Problem };

const IDLE: Status = { busy: false, mustLook: false };

/**
 * Starts what was previewed, once: repeated presses of one preview carry one key, so that the portal makes one operation of them.
 * An old plan is made again first, and one that differs has to be looked at.
 */
export function useStart(options: StartOptions): StartState {
  const { tenant, request, planState, onStarted } = options;
  const api = useApi(tenantsApiRef);
  const [status, setStatus] = useState<Status>(IDLE);
  const running = useRef<AbortController>();
  const key = useRef({ of: '', value: '' });
  useEffect(() => () => running.current?.abort(), []);

  const keyFor = (plan: Plan) => {
    const of = JSON.stringify([request, plan.version]);
    if (key.current.of !== of) key.current = { of, value: idempotencyKey() };
    return key.current.value;
  };

  /** The plan that may be carried out, or `undefined` when it has to be looked at anew. */
  const freshPlan = async (plan: Plan, signal: AbortSignal) => {
    const age = Date.now() - (planState.receivedAt ?? 0);
    if (age <= PLAN_MAX_AGE_MS) return plan;
    const next = await planState.recheck(signal);
    return next?.version === plan.version ? next : undefined;
  };

  const send = async (signal: AbortSignal): Promise<Status> => {
    if (!planState.plan || !request) return IDLE;
    const plan = await freshPlan(planState.plan, signal);
    if (!plan) return { busy: false, mustLook: true };
    const operation = await api.operations.start(
      tenant,
      { ...request, planVersion: plan.version },
      { signal, idempotencyKey: keyFor(plan) },
    );
    onStarted(operation);
    return IDLE;
  };

  const fail = async (error: unknown, signal: AbortSignal): Promise<Status> => {
    const problem = problemOf(error);
    if (problem.kind !== 'http' || problem.status !== CONFLICT) {
      return { busy: false, mustLook: false, problem };
    }
    await planState.recheck(signal);
    return { busy: false, mustLook: true };
  };

  const start = () => {
    // The state of this render may be older than the press before.
    if (running.current) return;
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setStatus({ busy: true, mustLook: false });
    send(signal)
      .catch(error => fail(error, signal))
      .catch((error): Status => ({ ...IDLE, problem: problemOf(error) }))
      .then(next => {
        running.current = undefined;
        if (!signal.aborted) setStatus(next);
      });
  };
  return {
    isStarting: status.busy,
    mustLook: status.mustLook,
    problem: status.problem,
    start,
  };
}
