// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/frontend-plugin-api';
import type { OperationEvent } from '@tenantry/backstage-plugin-tenants-common';
import { useEffect, useRef, useState } from 'react';
import { tenantsApiRef } from '../api';
import type { Problem } from '../live/Live';
import { problemOf } from '../live/problemOf';

/** Lines that are held of one operation; older ones go. */
export const MAX_LOG_LINES = 2_000;

const PAGE = 500;

/** The log of an operation, as far as it was read. */
export type OperationLog = {
  readonly lines: readonly OperationEvent[];
  readonly problem?: Problem;
};

/** Reads an operation's log up to its newest line, and what comes to it whenever `lastEvent` grows. */
export function useOperationLog(id: string, lastEvent: number): OperationLog {
  const api = useApi(tenantsApiRef);
  const [log, setLog] = useState<OperationLog>({ lines: [] });
  const read = useRef(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const readOn = async () => {
      while (read.current < lastEvent && !signal.aborted) {
        const { items, after } = await api.operations.listEvents(
          id,
          { after: read.current, limit: PAGE },
          { signal },
        );
        if (signal.aborted || items.length === 0) return;
        read.current = after;
        setLog(({ lines }) => ({
          lines: [...lines, ...items].slice(-MAX_LOG_LINES),
        }));
      }
    };
    readOn().catch(error => {
      if (signal.aborted) return;
      setLog(({ lines }) => ({ lines, problem: problemOf(error) }));
    });
    return () => controller.abort();
  }, [api, id, lastEvent]);
  return log;
}
