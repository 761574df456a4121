// SPDX-License-Identifier: Apache-2.0
import { KubeError } from '@tenantry/backstage-plugin-tenants-node';
import type { CallName } from './callFailure';

/** The longest wait a server may ask for. */
const maxRetryAfterMs = 5 * 60_000;

/** Milliseconds of a `Retry-After` header: seconds or a date. `undefined` when absent or unreadable. */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds)
    ? seconds * 1_000
    : Date.parse(header) - now;
  return Number.isFinite(wait)
    ? Math.min(Math.max(wait, 0), maxRetryAfterMs)
    : undefined;
}

const reasonsOfStatus: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

type StatusLike = { readonly code: number; readonly reason: string };

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, key)
    : undefined;
}

/** Reads `code` and `reason` of a Kubernetes Status; nothing else of it is kept, for it may quote objects. */
export function readStatus(json: string, fallbackCode: number): StatusLike {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    parsed = undefined;
  }
  const code = field(parsed, 'code');
  const reason = field(parsed, 'reason');
  const status = typeof code === 'number' ? code : fallbackCode;
  const named = typeof reason === 'string' && /^[A-Za-z]{1,64}$/.test(reason);
  return {
    code: status,
    reason: named ? reason : reasonsOfStatus[status] ?? 'Unknown',
  };
}

/** A failure that the server answered with a status. */
export function statusFailure(
  call: CallName,
  status: StatusLike,
  retryAfter?: number,
): KubeError {
  return new KubeError(
    `Cluster "${call.cluster}" answered ${status.code} ${status.reason} (${call.resource}).`,
    {
      ...call,
      status: status.code,
      reason: status.reason,
      retryAfterMs: retryAfter,
    },
  );
}
