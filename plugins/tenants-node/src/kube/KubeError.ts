// SPDX-License-Identifier: Apache-2.0

/** @public */
export type KubeErrorDetails = {
  readonly cluster: string;
  /** HTTP status; `undefined` when no answer came. */
  readonly status?: number;
  /** `reason` of the Kubernetes Status, or `Unreachable`, `Timeout`, `TlsRefused`, `BadAnswer`, `CredentialRefused`, `ProxyRefused`, `ProxyFailed`, `InvalidName`, `Aborted`. */
  readonly reason: string;
  /** What was asked for, such as `pods` or `pods/log`; never a path with secrets. */
  readonly resource: string;
  /** From `Retry-After`, in milliseconds. */
  readonly retryAfterMs?: number;
};

/**
 * A failed call to an API server. Ask with the predicates, never by message text.
 * The message holds no token, no body and no object.
 *
 * @public
 */
export class KubeError extends Error implements KubeErrorDetails {
  readonly cluster: string;
  readonly status?: number;
  readonly reason: string;
  readonly resource: string;
  readonly retryAfterMs?: number;

  constructor(message: string, details: KubeErrorDetails, cause?: unknown) {
    super(message, { cause });
    this.name = 'KubeError';
    this.cluster = details.cluster;
    this.status = details.status;
    this.reason = details.reason;
    this.resource = details.resource;
    this.retryAfterMs = details.retryAfterMs;
  }
}

function has(error: unknown, test: (e: KubeError) => boolean): boolean {
  return error instanceof KubeError && test(error);
}

/** The resource version or `continue` token is too old: list again. @public */
export function isExpired(error: unknown): boolean {
  return has(error, e => e.status === 410 || e.reason === 'Expired');
}

/** @public */
export function isNotFound(error: unknown): boolean {
  return has(error, e => e.status === 404);
}

/** @public */
export function isForbidden(error: unknown): boolean {
  return has(error, e => e.status === 403);
}

/** The credentials were refused; new ones may be accepted. @public */
export function isUnauthenticated(error: unknown): boolean {
  return has(error, e => e.status === 401 || e.reason === 'CredentialRefused');
}

/** No answer came: connection, name, TLS or time. @public */
export function isUnreachable(error: unknown): boolean {
  return has(
    error,
    e => e.status === undefined && e.reason !== 'CredentialRefused',
  );
}
