// SPDX-License-Identifier: Apache-2.0
import {
  KubeError,
  type KubeErrorCause,
} from '@tenantry/backstage-plugin-tenants-node';
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

type StatusLike = {
  readonly code: number;
  readonly reason: string;
  readonly causes?: readonly KubeErrorCause[];
};

const maxCauses = 100;
const word = /^[A-Za-z]{1,64}$/;
/** A path through an object; longer ones would hold more than names. */
const fieldPath = /^[\x20-\x7e]{1,512}$/;
/** The only place where a server names a field’s manager. */
const managerOfCause = /^conflicts? with "([^"\\]{1,128})"/;

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, key)
    : undefined;
}

function text(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

function causeOf(cause: unknown): readonly KubeErrorCause[] {
  const reason = text(field(cause, 'reason'), word);
  if (!reason) return [];
  const path = text(field(cause, 'field'), fieldPath);
  const message = field(cause, 'message');
  const manager =
    reason === 'FieldManagerConflict' && typeof message === 'string'
      ? managerOfCause.exec(message)?.[1]
      : undefined;
  return [
    { reason, ...(path && { field: path }), ...(manager && { manager }) },
  ];
}

function causesOf(status: unknown): readonly KubeErrorCause[] {
  const causes = field(field(status, 'details'), 'causes');
  return Array.isArray(causes)
    ? causes.slice(0, maxCauses).flatMap(causeOf)
    : [];
}

/** Reads `code`, `reason` and the causes’ fields of a Kubernetes Status; nothing else of it is kept, for it may quote objects. */
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
  const causes = causesOf(parsed);
  return {
    code: status,
    reason: text(reason, word) ?? reasonsOfStatus[status] ?? 'Unknown',
    ...(causes.length > 0 && { causes }),
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
      ...(status.causes && { causes: status.causes }),
    },
  );
}
