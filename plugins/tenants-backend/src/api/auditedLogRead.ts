// SPDX-License-Identifier: Apache-2.0
import type { LogQuery } from '@tenantry/backstage-plugin-tenants-common';
import type { AuditedAct } from '../audit/AuditLog';

/** What reading logs is recorded as. What was searched for is left out: people search for secrets. */
export function auditedLogRead(
  query: LogQuery,
): Pick<AuditedAct, 'action' | 'outcome' | 'detail'> {
  const { environment, module, workload, pod, container, format } = query;
  const named = { environment, module, workload, pod, container, format };
  return {
    action: actionOf(query),
    outcome: 'allowed',
    detail: {
      ...Object.fromEntries(
        Object.entries(named).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, String(value)]],
        ),
      ),
      follow: query.follow,
      previous: query.previous,
    },
  };
}

function actionOf({ unmasked, format }: LogQuery): string {
  if (unmasked) return 'logs.read-unmasked';
  return format ? 'logs.download' : 'logs.read';
}
